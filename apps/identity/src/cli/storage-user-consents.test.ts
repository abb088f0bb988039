import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { openAgreements } from '../oidc/consent/agreements.ts';
import { openConsentMemory } from '../oidc/consent/consent-memory.ts';
import { openLiveGrants } from '../oidc/consent/live-grants.ts';
import { openSubjects } from '../oidc/people/subjects.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { storageUserConsents } from './storage-user-consents.ts';

const startMs = Date.UTC(2026, 10, 23, 21, 4);

async function openRoom() {
  const database = await openMemoryDatabase();
  const clock = { ms: startMs };
  const nowMs = () => clock.ms;
  const store = sealedVolatile(memoryVolatile(nowMs), openSealer('a key for tests'));
  const subjects = openSubjects(database.kysely, nowMs);
  const memory = openConsentMemory(database.kysely, nowMs);
  const live = openLiveGrants(database.kysely, store, nowMs);
  const agreements = openAgreements({ subjects, memory, live });
  const command = storageUserConsents(async () => ({ agreements, close: async () => undefined }));
  async function run(...args: string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await command(args, { stdin: Readable.from([]), stdout, stderr, env: {} });
    return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  }
  /** The person agrees, and a token of the grant is stored. */
  async function agree(username: string, clientId: string, grantId: string) {
    const subject = await subjects.subjectOf(username);
    const key = { clientId, subject, scopes: new Set(['openid']), audiences: [], claims: undefined };
    await memory.remember(key, [], 3600);
    await store.put('token', `of ${grantId}`, { value: 'a token', expiresAtMs: clock.ms + 60_000, grantId });
    await live.note({ id: grantId, clientId, subject, lifetimeSeconds: 60 });
  }
  const isAlive = async (grantId: string) => (await store.get('token', `of ${grantId}`)) !== undefined;
  return { run, agree, isAlive, live, clock, database };
}

test('list names the remembered answers of a person, and makes no subject of a name that nobody has', async () => {
  const { run, agree, database } = await openRoom();
  await agree('alice', 'shop', 'g1');
  assert.deepEqual(await run('list', 'alice'), { code: 0, out: 'shop\tsince 2026-11-23T21:04:00.000Z\n', err: '' });
  assert.match((await run('list', 'mallory')).out, /No answer of 'mallory'/);
  assert.equal((await database.kysely.selectFrom('subjects').selectAll().execute()).length, 1);
});

test('withdraw forgets the answer and ends every grant of that person and client with its tokens, and no other', async () => {
  const { run, agree, isAlive } = await openRoom();
  for (const [username, clientId, grantId] of [
    ['alice', 'shop', 'g1'],
    ['alice', 'shop', 'g2'],
    ['alice', 'wiki', 'g3'],
    ['bob', 'shop', 'g4'],
  ] as const)
    await agree(username, clientId, grantId);
  const answer = await run('withdraw', 'alice', 'shop');
  assert.equal(answer.code, 0);
  assert.match(answer.out, /2 grants ended/);
  assert.deepEqual(await Promise.all(['g1', 'g2', 'g3', 'g4'].map(isAlive)), [false, false, true, true]);
  assert.equal((await run('list', 'alice')).out.split('\t')[0], 'wiki');
  assert.match((await run('withdraw', 'alice', 'shop')).out, /0 grants ended/);
});

test('names of grants that ran out are swept', async () => {
  const { agree, live, clock } = await openRoom();
  await agree('alice', 'shop', 'g1');
  await agree('bob', 'shop', 'g2');
  assert.equal(await live.sweep(10), 0);
  clock.ms += 60_000;
  assert.equal(await live.sweep(1), 1);
  assert.equal(await live.sweep(10), 1);
});

test('what is not understood is answered with the usage', async () => {
  const { run } = await openRoom();
  for (const args of [[], ['list'], ['withdraw', 'alice'], ['list', 'alice', 'shop'], ['list', '--all']]) {
    const { code, err } = await run(...args);
    assert.equal(code, 2);
    assert.match(err, /^Usage:/);
  }
});
