/** A new encryption key: everything opens with it and nothing with the old one; what was interrupted goes on. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { volatileLocation } from '@gatehouse/storage/volatile/open-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Configuration } from '../config/configuration.ts';
import { openTotpStore } from '../sign-in/totp/totp.store.ts';
import { takeTotp } from '../sign-in/totp/totp.take.ts';
import { resealDurable, resealExpiring } from './change-key.ts';
import { locationOf, openStores } from './open-stores.ts';

const [oldKey, newKey] = ['the key of yesterday, long enough', 'the key of tomorrow, long enough'];
const nowMs = Date.now;
type Storage = Configuration['storage'];

async function changesKey(storageWith: (key: string) => Storage): Promise<void> {
  const before = await openStores(storageWith(oldKey), undefined, nowMs);
  const secret = new Uint8Array(20).fill(7);
  const key = { issuer: '', algorithm: 'SHA1', digits: 6, periodSeconds: 30, secret } as const;
  await takeTotp(
    before.database.kysely,
    before.sealer,
    { username: 'alice', key, createdAtMs: 1, lastUsedAtMs: undefined },
    false,
  );
  const held = sealedVolatile(before.volatile, before.sealer);
  // More than a page of them.
  for (let index = 0; index < 1_100; index++)
    await held.put('session', `id ${index}`, { value: index, expiresAtMs: nowMs() + 3_600_000 });

  const keys = { from: openSealer(oldKey), to: openSealer(newKey) };
  const location = volatileLocation(locationOf(storageWith(oldKey), undefined));
  const expiring = await openDatabase<unknown>(location);
  assert.equal(await resealExpiring(expiring.kysely, keys), 1_100);
  // Interrupted here, the same call goes on: those are done, and the start knows the old key still.
  assert.equal(await resealExpiring(expiring.kysely, keys), 0);
  await expiring.close();
  assert.equal(await resealDurable(before.database.kysely, keys), 2);
  await before.close();

  await assert.rejects(openStores(storageWith(oldKey), undefined, nowMs), { code: 'encryption-key-wrong' });
  const after = await openStores(storageWith(newKey), undefined, nowMs);
  assert.deepEqual((await openTotpStore(after.database, after.sealer).find('alice'))?.key.secret, secret);
  const kept = sealedVolatile(after.volatile, after.sealer);
  for (const index of [0, 499, 500, 1_099]) assert.equal((await kept.get('session', `id ${index}`))?.value, index);
  await after.close();
}

test('on SQLite everything is sealed anew, sessions too', async () => {
  await using folder = temporaryFolder('change-key');
  await changesKey((key) => ({ encryption_key: key, local: { path: join(folder.path, 'db.sqlite3') } }));
});

test('on PostgreSQL everything is sealed anew, sessions too', { skip: needs('postgresql') }, async () => {
  await using server = await startPostgres();
  const { host, port, database, schema, username, password } = server;
  const address = { kind: 'network', scheme: 'tcp', host, port, path: '' } as const;
  await changesKey(
    (key) =>
      ({
        encryption_key: key,
        postgres: { address, database, schema, username, password, timeout: 5, servers: [], tls: undefined },
      }) as unknown as Storage,
  );
});

test('a value that the old key does not open stops it, and all stays as it was', async () => {
  await using folder = temporaryFolder('change-key');
  const storage = { encryption_key: oldKey, local: { path: join(folder.path, 'db.sqlite3') } };
  const stores = await openStores(storage, undefined, nowMs);
  const key = { issuer: '', algorithm: 'SHA1', digits: 6, periodSeconds: 30, secret: new Uint8Array(20) } as const;
  await takeTotp(
    stores.database.kysely,
    openSealer(newKey),
    { username: 'alice', key, createdAtMs: 1, lastUsedAtMs: undefined },
    false,
  );
  const keys = { from: stores.sealer, to: openSealer(newKey) };
  await assert.rejects(resealDurable(stores.database.kysely, keys), { code: 'seal-broken' });
  await stores.close();
  await (await openStores(storage, undefined, nowMs)).close();
});
