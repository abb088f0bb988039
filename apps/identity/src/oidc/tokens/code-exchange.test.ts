import { join } from 'node:path';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { openPostgresVolatile } from '@gatehouse/storage/volatile/postgres-volatile.ts';
import { openSqliteVolatile } from '@gatehouse/storage/volatile/sqlite-volatile.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { codeExchangeSuite } from './code-exchange.suite.ts';

codeExchangeSuite({
  name: 'memory',
  open: async (nowMs) => ({ volatile: memoryVolatile(nowMs), close: async () => undefined }),
});

codeExchangeSuite({
  name: 'SQLite',
  async open(nowMs) {
    const folder = temporaryFolder('oidc');
    return { volatile: openSqliteVolatile(join(folder.path, 'volatile.sqlite3'), nowMs), close: () => folder.remove() };
  },
});

codeExchangeSuite({
  name: 'PostgreSQL',
  skip: needs('postgresql'),
  async open(nowMs) {
    const server = await startPostgres();
    const volatile = await openPostgresVolatile({ dialect: 'postgres', ...server }, nowMs);
    return { volatile, close: () => server.stop() };
  },
});
