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
