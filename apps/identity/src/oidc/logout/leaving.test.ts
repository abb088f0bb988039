import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { openPeople } from '../../session/people.ts';
import { openMemoryDatabase } from '../../storage/databases.suite.ts';
import { openLiveGrants } from '../consent/live-grants.ts';
import { openSubjects } from '../people/subjects.ts';
import { openLeaving } from './leaving.ts';

const issuer = 'https://auth.example.com';
const atMs = 1_800_000_000_000;

async function openRoom(nowMs = (): number => atMs) {
  const database = await openMemoryDatabase();
  const volatile = sealedVolatile(memoryVolatile(nowMs), openSealer('a key for tests'));
  const directory = { find: async () => ({ kind: 'unknown' }) as const };
  const leaving = openLeaving({
    ...{ database, volatile, cookies: [], refreshInterval: 300, nowMs, newId: randomUUID },
    people: openPeople({ directory, refreshInterval: 300, nowMs }),
    log: openLog({ level: 'silent', format: 'text' }),
  });
  const subjects = openSubjects(database.kysely, nowMs);
  const live = openLiveGrants(database.kysely, volatile, nowMs);
  async function grant(id: string, username: string, sessionUid?: string) {
    const subject = await subjects.subjectOf(username);
    await volatile.put('token', `of ${id}`, { value: 'a token', expiresAtMs: nowMs() + 60_000, grantId: id });
    await live.note({ id, clientId: 'mail', subject, lifetimeSeconds: 60, sessionUid });
  }
  const isAlive = async (id: string) => (await volatile.get('token', `of ${id}`)) !== undefined;
  /** Ends by itself, and an application wants to be told. */
  async function session(id: string, expiresAtMs: number, clientId: string): Promise<void> {
    await leaving.endings.begins(
      {
        ...{ id, cookieDomain: 'example.com', username: 'alice', rememberMe: false },
        ...{ createdAtMs: atMs, lastActivityMs: atMs, factors: { password: atMs } },
      },
      expiresAtMs,
      { network: '203.0.113.0/24', userAgent: 'a browser' },
    );
    await leaving.links.addApplication(id, { issuer, clientId, subject: 'alice', sid: id });
  }
  const sessionsLeft = async () => (await database.kysely.selectFrom('portal_sessions').select('id').execute()).length;
  const loseSessions = () => database.kysely.schema.dropTable('portal_sessions').execute();
  return {
    leaving,
    session,
    sessionsLeft,
    loseSessions,
    grant,
    isAlive,
    [Symbol.asyncDispose]: () => database.close(),
  };
}

test('lasting access outlives a sign-out of every session', async () => {
  await using room = await openRoom();
  await room.grant('alices', 'alice');
  await room.leaving.endings.endAllOf('alice', 'sign-out');
  assert.equal(await room.isAlive('alices'), true);
});

test('whoever is shut out loses all access but that of the session that stays, and nobody else does', async () => {
  await using room = await openRoom();
  await room.grant('alices', 'alice');
  await room.grant('alices too', 'alice');
  await room.grant('of this session', 'alice', 'kept uid');
  await room.grant('of one that ran out', 'alice', 'another uid');
  await room.leaving.links.addProviderSession('kept', { issuer, uid: 'kept uid' });
  await room.grant('bobs', 'bob');
  await room.leaving.shutOut('alice', 'password', 'kept');
  const grants = ['alices', 'alices too', 'of one that ran out', 'of this session', 'bobs'];
  assert.deepEqual(await Promise.all(grants.map(room.isAlive)), [false, false, false, true, true]);
  await room.leaving.shutOut('carol', 'password');
});

test('sessions end while an application takes long over what it is told, and stopping waits for that call alone', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let ms = atMs;
  await using room = await openRoom(() => ms);
  await room.session('first', atMs, 'slow');
  await room.session('second', atMs, 'slow');
  await room.session('later', atMs + 5_000, 'quick');
  const told: string[] = [];
  const answered = Promise.withResolvers<void>();
  const left = room.leaving.start(async ({ clientId }) => {
    told.push(clientId);
    if (clientId === 'slow') await answered.promise;
    return { kind: 'told' };
  });
  // A tick while a round is under way begins none.
  async function roundsUntilTold(count: number): Promise<void> {
    for (let each = 0; each < 200 && told.length < count; each += 1) {
      t.mock.timers.tick(5_000);
      await setImmediate();
    }
  }
  await roundsUntilTold(1);
  ms += 5_000;
  await roundsUntilTold(2);
  assert.deepEqual(told, ['slow', 'quick']);
  const stopped = left.stop();
  answered.resolve();
  await stopped;
  assert.deepEqual(told, ['slow', 'quick']);
});

test('sessions that run out together keep nobody waiting, and stopping does not wait for all of them', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  await using room = await openRoom();
  for (let each = 0; each < 150; each += 1) await room.session(`session ${each}`, atMs, 'mail');
  const left = room.leaving.start(async () => ({ kind: 'told' }));
  t.mock.timers.tick(5_000);
  let before = 150;
  for (let turn = 0; turn < 20; turn += 1) {
    await setImmediate();
    const now = await room.sessionsLeft();
    assert.ok(before - now <= 2, `${before - now} sessions ended before anybody else had a turn`);
    before = now;
  }
  assert.ok(before < 150);
  await left.stop();
  assert.ok((await room.sessionsLeft()) > 100);
});

test('applications are told of the ends there were, also when the sessions cannot be looked at', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  await using room = await openRoom();
  await room.session('one', atMs + 60_000, 'mail');
  await room.leaving.endings.end('one', 'sign-out');
  await room.loseSessions();
  const told: string[] = [];
  const left = room.leaving.start(async ({ clientId }) => {
    told.push(clientId);
    return { kind: 'told' };
  });
  t.mock.timers.tick(5_000);
  for (let turn = 0; turn < 100 && told.length === 0; turn += 1) await setImmediate();
  await left.stop();
  assert.deepEqual(told, ['mail']);
});
