import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { onEveryDatabase } from '../../storage/databases.suite.ts';
import { openInitialAccessStore } from './initial-access.store.ts';
import { openRegisteredClientStore } from './registered-client.store.ts';

const sealer = openSealer('an encryption key for tests');
const registration = { metadata: { client_name: 'Its App', redirect_uris: ['https://app.example.com/'] } };
const dayMs = 24 * 60 * 60_000;

onEveryDatabase('registered clients', (open) => {
  async function openStore(at = { ms: 1_800_000_000_000 }) {
    const { database, again } = await open();
    const store = (kysely = database.kysely) => openRegisteredClientStore({ kysely, sealer, nowMs: () => at.ms });
    return { clients: store(), again: async () => store((await again()).kysely), at };
  }

  test('what was registered is found again by another process', async () => {
    const { clients, again } = await openStore();
    assert.equal(await clients.add('one', 'Its App', registration, 'token', 5), 'added');
    const found = await (await again()).find('one');
    assert.deepEqual(found, { ...registration, clientId: 'one', createdAtMs: 1_800_000_000_000, version: 1 });
    assert.equal(await clients.find('two'), undefined);
    assert.equal(await clients.find('on\0e'), undefined, 'what PostgreSQL cannot look for');
  });

  test('a token opens its own client and no other', async () => {
    const { clients } = await openStore();
    await clients.add('one', '', registration, 'token one', 5);
    await clients.add('two', '', registration, 'token two', 5);
    assert.equal(await clients.holds('one', 'token one'), true);
    assert.equal(await clients.holds('two', 'token one'), false);
  });

  test('of two updates with one token, one goes on', async () => {
    const { clients } = await openStore();
    await clients.add('one', '', registration, 'old', 5);
    const update = (next: string) => clients.replace('one', next, registration, { old: 'old', next });
    const answers = await Promise.all(['a', 'b', 'c'].map(update));
    assert.deepEqual(answers.sort(), ['missing', 'missing', 'replaced']);
    assert.equal((await clients.find('one'))?.version, 2);
    assert.equal(await clients.holds('one', 'old'), false);
  });

  test('what is used stays, what is not goes', async () => {
    const { clients, at } = await openStore();
    await clients.add('used', 'Used', registration, 'a', 5);
    await clients.add('idle', 'Idle', registration, 'b', 5);
    at.ms += 2 * dayMs;
    await clients.find('used');
    assert.equal(await clients.sweepUnused(at.ms - dayMs, 10), 1);
    assert.deepEqual(
      (await clients.list()).map(({ clientId }) => clientId),
      ['used'],
    );
    assert.deepEqual([await clients.remove('used'), await clients.remove('used')], ['removed', 'missing']);
  });
});

onEveryDatabase('initial access tokens', (open) => {
  test('a token is taken as often as it says, by however many at once', async () => {
    const { database } = await open();
    const at = { ms: 1000 };
    const tokens = openInitialAccessStore({ kysely: database.kysely, nowMs: () => at.ms, newId: randomUUID });
    const { id, token } = await tokens.create({ description: 'for a test', uses: 3, expiresAtMs: 2000 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => tokens.take(token)));
    assert.equal(answers.filter(Boolean).length, 3);
    assert.equal(await tokens.mayRegister(token), false);
    assert.deepEqual(await tokens.list(), []);
    assert.equal(await tokens.revoke(id), 'revoked');
  });

  test('a token is over at the instant it expires, and is swept', async () => {
    const { database } = await open();
    const at = { ms: 1000 };
    const tokens = openInitialAccessStore({ kysely: database.kysely, nowMs: () => at.ms, newId: randomUUID });
    const { token } = await tokens.create({ description: '', uses: 1, expiresAtMs: 2000 });
    at.ms = 1999;
    assert.equal(await tokens.mayRegister(token), true);
    at.ms = 2000;
    assert.deepEqual([await tokens.mayRegister(token), await tokens.take(token)], [false, false]);
    assert.equal(await tokens.sweep(10), 1);
  });
});
