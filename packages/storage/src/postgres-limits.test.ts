/** What becomes of a statement that does not end: PostgreSQL with a lock that is held, stopped in its tracks, and gone. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { sql } from 'kysely';
import { isDatabaseAway } from './away.ts';
import { openDatabase, openPrepared, type PostgresLocation, unhurried } from './database.ts';
import { openVolatile } from './volatile/open-volatile.ts';

describe('a statement on PostgreSQL', { skip: needs('postgresql') }, () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server?.stop());
  const located = (statementSeconds: number): PostgresLocation => {
    const { host, port, database, schema, username, password } = server;
    return { dialect: 'postgres', host, port, database, schema, username, password, statementSeconds };
  };
  const one = sql<{ one: number }>`select 1 as one`;

  test('that waits for a lock longer than it may is ended, and its connection serves the next one', async () => {
    const holder = await openDatabase<never>(located(10));
    const database = await openDatabase<never>({ ...located(0.3), connectionsMax: 1 });
    await sql`create table held (id integer)`.execute(holder.kysely);
    await holder.kysely.transaction().execute(async (trx) => {
      await sql`lock table held in access exclusive mode`.execute(trx);
      await assert.rejects(sql`select * from held`.execute(database.kysely), (cause) => isDatabaseAway(cause));
      assert.equal((await one.execute(database.kysely)).rows[0]?.one, 1);
    });
    assert.deepEqual((await sql`select * from held`.execute(database.kysely)).rows, []);
    await Promise.all([database.close(), holder.close()]);
  });

  test('waits for its turn while all connections are in use, also longer than connecting may take', async () => {
    const database = await openDatabase<never>({ ...located(10), connectionsMax: 1, connectTimeoutSeconds: 1 });
    const long = sql`select pg_sleep(0.5)`;
    await Promise.all(Array.from({ length: 5 }, () => long.execute(database.kysely)));
    await database.close();
  });

  test('that nobody answers is given up, with its connection: the next one gets another', async () => {
    const database = await openDatabase<never>({ ...located(0.3), connectionsMax: 1 });
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.kysely);
    const pid = rows[0]?.pid ?? assert.fail('every connection has a process');
    process.kill(pid, 'SIGSTOP');
    try {
      const inTransaction = database.kysely.transaction().execute(async (trx) => one.execute(trx));
      const alone = one.execute(database.kysely);
      await assert.rejects(inTransaction, (cause) => isDatabaseAway(cause));
      assert.equal((await alone).rows[0]?.one, 1);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await database.close();
  });

  test('about values that expire has the same limit', async () => {
    const volatile = await openVolatile(located(0.3), Date.now);
    const holder = await openDatabase<never>(located(10));
    await volatile.put('kind', 'id', { payload: new Uint8Array([1]), expiresAtMs: Date.now() + 60_000 });
    await holder.kysely.transaction().execute(async (trx) => {
      await sql`lock table volatile in access exclusive mode`.execute(trx);
      await assert.rejects(volatile.get('kind', 'id'), (cause) => isDatabaseAway(cause));
    });
    assert.ok(await volatile.get('kind', 'id'), 'and nothing is lost');
    await Promise.all([volatile.close(), holder.close()]);
  });

  test('that works on whole tables, or brings them forward, takes the time it needs', async () => {
    const long = sql`select pg_sleep(0.5)`;
    const database = await openPrepared<never>(located(0.2), async ({ kysely }) => void (await long.execute(kysely)));
    await assert.rejects(long.execute(database.kysely), (cause) => isDatabaseAway(cause));
    const whole = await openDatabase<never>(unhurried(located(0.2)));
    await long.execute(whole.kysely);
    await Promise.all([database.close(), whole.close()]);
    await assert.rejects(
      openPrepared(located(0.2), () => Promise.reject(new RangeError('a step failed'))),
      RangeError,
    );
  });

  test('on a server that is gone or stopping is told from one that is refused for what it says', async () => {
    const database = await openDatabase<never>(located(1));
    await sql`create table once (id integer primary key)`.execute(database.kysely);
    const insert = sql`insert into once values (1)`;
    await insert.execute(database.kysely);
    await assert.rejects(insert.execute(database.kysely), (cause) => !isDatabaseAway(cause));
    await assert.rejects(sql`select nonsense`.execute(database.kysely), (cause) => !isDatabaseAway(cause));
    await server.crash();
    await assert.rejects(insert.execute(database.kysely), (cause) => isDatabaseAway(cause));
    await assert.rejects(insert.execute(database.kysely), (cause) => isDatabaseAway(cause));
    await server.restart();
    assert.equal((await one.execute(database.kysely)).rows[0]?.one, 1, 'and it comes back by itself');
    await database.close();
  });
});

test('what is no failure of a database is none', () => {
  const { ENOENT, refused } = {
    ENOENT: Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' }),
    refused: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  };
  for (const cause of [undefined, 'text', new Error('Query'), new TypeError('x'), ENOENT])
    assert.equal(isDatabaseAway(cause), false);
  assert.equal(isDatabaseAway(refused), true);
});
