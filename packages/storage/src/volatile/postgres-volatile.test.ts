import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { openPostgresVolatile } from './postgres-volatile.ts';
import { volatileSuite } from './volatile.suite.ts';

volatileSuite({
  name: 'PostgreSQL',
  skip: needs('postgresql'),
  async open(nowMs) {
    const server = await startPostgres();
    const location = { dialect: 'postgres', ...server } as const;
    // Both at once: the second must wait for the first one's migration.
    const [first, second] = await Promise.all([
      openPostgresVolatile(location, nowMs),
      openPostgresVolatile(location, nowMs),
    ]);
    return {
      first,
      second,
      async close() {
        await Promise.all([first.close(), second.close()]);
        await server.stop();
      },
    };
  },
});

test('what was acknowledged outlives a crash of the server, and so do the handles', {
  skip: needs('postgresql'),
}, async () => {
  await using server = await startPostgres();
  const volatile = await openPostgresVolatile({ dialect: 'postgres', ...server }, Date.now);
  await volatile.put('code', 'a', { payload: Buffer.from('x'), expiresAtMs: Date.now() + 60_000 });
  assert.equal(await volatile.consume('code', 'a'), 'consumed');
  await server.crash();
  await assert.rejects(volatile.get('code', 'a'));
  await server.restart();
  assert.equal(await volatile.consume('code', 'a'), 'already-consumed');
  await volatile.close();
});
