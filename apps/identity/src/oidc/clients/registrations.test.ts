import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { identityMigrations, identityNamespace } from '../../storage/migrations.ts';
import type { IdentityTables } from '../../storage/tables.ts';
import { openConsentMemory } from '../consent/consent-memory.ts';
import { openRegistrations, withinRegistrations } from './registrations.ts';

async function openTables() {
  const database = await openDatabase<IdentityTables>({ dialect: 'sqlite', path: ':memory:' });
  await migrate(database, identityNamespace, identityMigrations);
  return { kysely: database.kysely, [Symbol.asyncDispose]: () => database.close() };
}
const nowMs = () => 1000;

test('an application keeps its registration over restarts and has a new one when it comes again', async () => {
  await using database = await openTables();
  const settled = async (...clientIds: string[]) => {
    const registrations = openRegistrations(database.kysely, nowMs);
    await registrations.settle(clientIds);
    return registrations.registrationOf;
  };
  const first = await settled('a', 'b');
  const second = await settled('a');
  const third = await settled('a', 'b');
  assert.ok(first('a') && first('b') && first('a') !== first('b'));
  assert.equal(second('a'), first('a'));
  assert.equal(second('b'), undefined);
  assert.equal(third('a'), first('a'));
  assert.notEqual(third('b'), first('b'));
});

test('a reload ends what went from its own configuration, and nothing of applications that only others know', async () => {
  await using database = await openTables();
  const memory = openConsentMemory(database.kysely, nowMs);
  const agreed = { subject: 's', scopes: new Set(['openid']), audiences: [], claims: undefined };
  const older = openRegistrations(database.kysely, nowMs);
  await older.settle(['a', 'b']);
  const newer = openRegistrations(database.kysely, nowMs);
  await newer.settle(['a', 'b', 'fresh'], ['a', 'b']);
  for (const clientId of ['a', 'b', 'fresh']) await memory.remember({ ...agreed, clientId }, [], 60);
  const recalled = () =>
    Promise.all(['a', 'b', 'fresh'].map((clientId) => memory.recall({ ...agreed, clientId }).then(Boolean)));

  await older.settle(['a', 'b'], ['a', 'b']);
  assert.deepEqual(await recalled(), [true, true, true]);
  await older.settle(['a'], ['a', 'b']);
  assert.deepEqual(await recalled(), [true, false, true]);
  const read = openRegistrations(database.kysely, nowMs);
  await read.settle(['a', 'b', 'fresh'], ['a', 'b', 'fresh']);
  assert.equal(read.registrationOf('fresh'), newer.registrationOf('fresh'));
});

test('an application that others removed has another registration where it still is: with none, what it gets would count under any later none', async () => {
  await using database = await openTables();
  const settled = async (clientIds: string[], formerIds?: string[]) => {
    const registrations = openRegistrations(database.kysely, nowMs);
    await registrations.settle(clientIds, formerIds);
    return registrations.registrationOf('x');
  };
  const first = await settled(['x', 'a']);
  await settled(['a']);
  const turned = await settled(['x', 'a'], ['x', 'a']);
  assert.ok(turned);
  assert.notEqual(turned, first, 'what it held stays dead');
  assert.equal(await settled(['x', 'a']), turned, 'at a start elsewhere');
  assert.equal(await settled(['x', 'a'], ['x', 'a']), turned, 'at a reload elsewhere');
  await settled(['a'], ['x', 'a']);
  const again = await settled(['x', 'a'], ['x', 'a']);
  assert.ok(again && again !== turned);
});

test('a reload that broke off after an application was removed, and a file that is put back, leave it with a registration', async () => {
  await using database = await openTables();
  await openRegistrations(database.kysely, nowMs).settle(['x', 'a']);
  const failing = sql`create trigger away before insert on client_registrations begin select raise(abort, 'full'); end`;
  await failing.execute(database.kysely);
  await assert.rejects(openRegistrations(database.kysely, nowMs).settle(['a', 'y'], ['x', 'a']));
  await sql`drop trigger away`.execute(database.kysely);
  const back = openRegistrations(database.kysely, nowMs);
  await back.settle(['x', 'a'], ['x', 'a']);
  assert.ok(back.registrationOf('x'));
});

test('what people agreed to on an older machine after the newer one removed the application is taken back when it goes there', async () => {
  await using database = await openTables();
  const memory = openConsentMemory(database.kysely, nowMs);
  const agreed = { clientId: 'x', subject: 's', scopes: new Set(['openid']), audiences: [], claims: undefined };
  const settle = (clientIds: string[], formerIds?: string[]) =>
    openRegistrations(database.kysely, nowMs).settle(clientIds, formerIds);
  await settle(['x', 'a']);
  await settle(['a'], ['x', 'a']);
  await memory.remember(agreed, [], 60);
  assert.ok(await memory.recall(agreed));
  await settle(['a'], ['x', 'a']);
  await settle(['x', 'a'], ['a']);
  assert.equal(await memory.recall(agreed), undefined);
});

test('processes that begin at once agree', async () => {
  await using database = await openTables();
  const each = [1, 2, 3].map(() => openRegistrations(database.kysely, nowMs));
  await Promise.all(each.map((registrations) => registrations.settle(['a', 'b'])));
  assert.equal(new Set(each.map(({ registrationOf }) => registrationOf('a'))).size, 1);
});

test('the remembered consents of an application that goes are taken back, those of others stay', async () => {
  await using database = await openTables();
  const memory = openConsentMemory(database.kysely, nowMs);
  const key = (clientId: string) => ({
    clientId,
    subject: 's',
    scopes: new Set(['openid']),
    audiences: [],
    claims: undefined,
  });
  const registrations = openRegistrations(database.kysely, nowMs);
  await registrations.settle(['a', 'b']);
  for (const id of ['a', 'b', 'registered-itself']) await memory.remember(key(id), [], 60);
  await registrations.settle(['b']);
  await registrations.settle(['a', 'b']);
  assert.deepEqual(await Promise.all(['a', 'b', 'registered-itself'].map((id) => memory.recall(key(id)))), [
    undefined,
    [],
    [],
  ]);
});

test('what was stored under another registration, or under none, is not found', async () => {
  const rows = new Map<string, AdapterPayload>();
  const find = async (id: string) => rows.get(id);
  const stored = {
    upsert: async (id: string, payload: AdapterPayload) => void rows.set(id, payload),
    find,
    findByUid: find,
    findByUserCode: find,
  } as Partial<Adapter> as Adapter;
  const under = (registration: string | undefined) =>
    withinRegistrations(
      () => stored,
      (clientId) => (clientId === 'a' ? registration : undefined),
    )('AccessToken');
  await under('first').upsert('token', { clientId: 'a' }, 60);
  await under('first').upsert('request', { params: { client_id: 'a' } }, 60);
  await under('first').upsert('session', { uid: 'u' }, 60);
  await under('first').upsert('of-itself', { clientId: 'registered-itself' }, 60);
  for (const id of ['token', 'request']) {
    assert.ok(await under('first').find(id));
    assert.equal(await under('second').find(id), undefined);
    assert.equal(await under(undefined).findByUid(id), undefined);
    assert.equal(await under('second').findByUserCode(id), undefined);
  }
  for (const id of ['session', 'of-itself']) assert.ok(await under('second').find(id));
  rows.set('older', { clientId: 'a' });
  assert.equal(await under('first').find('older'), undefined);
});
