import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
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
