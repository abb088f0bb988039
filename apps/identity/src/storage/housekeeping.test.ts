import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { openLiveGrants } from '../oidc/consent/live-grants.ts';
import { openMemoryDatabase } from './databases.suite.ts';
import { keepHouse } from './housekeeping.ts';

test('one round removes all that ran out, however much there is, and nothing else', async () => {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = () => clock.ms;
  const database = await openMemoryDatabase();
  const store = sealedVolatile(memoryVolatile(nowMs), openSealer('a key for tests'));
  const grants = openLiveGrants(database.kysely, store, nowMs);
  const note = (id: string, lifetimeSeconds: number) =>
    grants.note({ id, clientId: 'leantime', subject: 'alice', lifetimeSeconds });
  for (let count = 0; count < 1234; count++) await note(`old-${count}`, 60);
  await note('young', 3600);
  clock.ms += 60_000;
  await keepHouse([grants]);
  const left = await database.kysely.selectFrom('grants').select('id').execute();
  assert.deepEqual(
    left.map(({ id }) => id),
    ['young'],
  );
  await database.close();
});
