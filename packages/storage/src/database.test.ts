import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { type Kysely, sql } from 'kysely';
import { bytesType, type Database, type DatabaseLocation, openDatabase } from './database.ts';
import { DatabaseCannotOpen, DatabaseLoginRefused, DatabaseMissing, DatabaseUnreachable } from './failures.ts';

type Tables = { thing: { id: number; name: string | null; at_ms: number; bytes: Uint8Array | null } };

async function createThing(database: Database<Tables>): Promise<Kysely<Tables>> {
  await database.kysely.schema
    .createTable('thing')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('bytes', bytesType(database.dialect))
    .execute();
  return database.kysely;
}

const folder = temporaryFolder('database');
after(() => folder.remove());

function databaseSuite(name: string, skip: string | false, location: () => DatabaseLocation): void {
  describe(`a database on ${name}`, { skip }, () => {
    let database: Database<Tables>;
    let kysely: Kysely<Tables>;
    before(async () => {
      database = await openDatabase<Tables>(location());
      kysely = await createThing(database);
    });
    after(() => database?.close());

    test('numbers, text, bytes and null come back as they went', async () => {
      const row = { id: 1, name: 'Zoë', at_ms: 1_700_000_000_123, bytes: Buffer.from([0, 255]) };
      const stored = await kysely.insertInto('thing').values(row).returningAll().executeTakeFirstOrThrow();
      assert.deepEqual({ ...stored, bytes: Buffer.from(stored.bytes ?? []) }, row);
      const bare = { id: 2, name: null, at_ms: 0, bytes: null };
      await kysely.insertInto('thing').values(bare).execute();
      const found = await kysely.selectFrom('thing').selectAll().where('id', '=', 2).executeTakeFirst();
      assert.deepEqual({ ...found }, bare);
    });

    test('a transaction that throws leaves nothing', async () => {
      const failed = kysely.transaction().execute(async (trx) => {
        await trx.insertInto('thing').values({ id: 10, name: 'x', at_ms: 0, bytes: null }).execute();
        throw new RangeError('no');
      });
      await assert.rejects(failed, RangeError);
      assert.equal(await kysely.selectFrom('thing').select('id').where('id', '=', 10).executeTakeFirst(), undefined);
    });

    test('a second writer waits for the transaction before it', async () => {
      const other = await openDatabase<Tables>(location());
      await kysely.insertInto('thing').values({ id: 20, name: '0', at_ms: 0, bytes: null }).execute();
      const increment = (one: Kysely<Tables>): Promise<void> =>
        one.transaction().execute(async (trx) => {
          const lock = trx.selectFrom('thing').select('name').where('id', '=', 20);
          const { name } = await (database.dialect === 'postgres' ? lock.forUpdate() : lock).executeTakeFirstOrThrow();
          await trx
            .updateTable('thing')
            .set({ name: String(Number(name) + 1) })
            .where('id', '=', 20)
            .execute();
        });
      await increment(kysely);
      await increment(other.kysely);
      const { name } = await kysely.selectFrom('thing').select('name').where('id', '=', 20).executeTakeFirstOrThrow();
      assert.equal(name, '2');
      await other.close();
    });

    test('closing twice, or without a query, is fine', async () => {
      const other = await openDatabase(location());
      await other.close();
      await other.close();
    });
  });
}

databaseSuite('SQLite', false, () => ({ dialect: 'sqlite', path: join(folder.path, 'db.sqlite3') }));

let server: PostgresServer;
const skip = needs('postgresql');
before(async () => {
  if (!skip) server = await startPostgres();
});
after(() => server?.stop());
databaseSuite('PostgreSQL', skip, () => ({ dialect: 'postgres', ...server }));

describe('SQLite binds', () => {
  for (const [type, value] of [
    ['Date', new Date(0)],
    ['boolean', true],
    ['undefined', undefined],
    ['object', {}],
    ['number', Number.NaN],
  ] as const) {
    test(`${type} ${String(value)} is refused wherever it stands`, async () => {
      const database = await openDatabase({ dialect: 'sqlite', path: ':memory:' });
      const expected = { name: 'TypeError', message: new RegExp(`is of type ${type}`) };
      await assert.rejects(sql`select ${value} as a, ${1} as b`.execute(database.kysely), expected);
      await assert.rejects(sql`select ${1} as a, ${value} as b`.execute(database.kysely), expected);
      await database.close();
    });
  }
});

test('an SQLite file and its log are made for their owner alone', async () => {
  const path = join(folder.path, 'mode.sqlite3');
  const database = await openDatabase({ dialect: 'sqlite', path });
  await sql`create table t (a)`.execute(database.kysely);
  for (const file of [path, `${path}-wal`]) assert.equal(statSync(file).mode & 0o777, 0o600);
  await database.close();
});

test('SQLite keeps foreign keys and what was committed over a power cut', async () => {
  const database = await openDatabase({ dialect: 'sqlite', path: join(folder.path, 'pragma.sqlite3') });
  const read = async (name: string): Promise<unknown> =>
    Object.values((await sql<object>`${sql.raw(`pragma ${name}`)}`.execute(database.kysely)).rows[0] ?? {})[0];
  assert.deepEqual(
    [await read('foreign_keys'), await read('journal_mode'), await read('synchronous'), await read('busy_timeout')],
    [1, 'wal', 2, 5000],
  );
  await database.close();
});

test('an SQLite file that cannot be opened says why and what to do', async () => {
  const at = (name: string): string => join(folder.path, name);
  mkdirSync(at('folder'));
  writeFileSync(at('text'), 'this is no database, it is a text of some length\n'.repeat(20));
  for (const [path, message] of [
    [at('nowhere/db'), /its folder does not exist\. Create/],
    [at('folder'), /it is a folder\. Name a file/],
    [at('text'), /not an SQLite database/],
  ] as const) {
    await assert.rejects(openDatabase({ dialect: 'sqlite', path }), (failure) => {
      assert(failure instanceof DatabaseCannotOpen);
      assert.equal(failure.code, 'database-cannot-open');
      assert.match(failure.message, message);
      return true;
    });
  }
});

describe('PostgreSQL failures', { skip }, () => {
  const location = () => ({ dialect: 'postgres', ...server }) as const;

  test('a wrong password is a refused login that never shows the password', async () => {
    await assert.rejects(openDatabase({ ...location(), password: 'hunter2' }), (failure) => {
      assert(failure instanceof DatabaseLoginRefused);
      assert.match(failure.message, /refuses the user 'gatehouse'/);
      assert.doesNotMatch(failure.message, /hunter2/);
      return true;
    });
  });

  test('a database or a schema that is not there is named, with the statement that makes it', async () => {
    await assert.rejects(openDatabase({ ...location(), database: 'nowhere' }), (failure) => {
      assert(failure instanceof DatabaseMissing);
      assert.match(failure.message, /create database "nowhere"/);
      return true;
    });
    await assert.rejects(openDatabase({ ...location(), schema: 'nowhere' }), (failure) => {
      assert(failure instanceof DatabaseMissing);
      assert.match(failure.message, /create schema "nowhere"/);
      return true;
    });
  });

  test('a server that does not answer is unreachable', async () => {
    await assert.rejects(openDatabase({ ...location(), port: await freePort() }), DatabaseUnreachable);
    await assert.rejects(openDatabase({ ...location(), host: folder.path }), DatabaseUnreachable);
    await assert.rejects(openDatabase({ ...location(), tls: {} }), DatabaseUnreachable);
  });

  test('a Unix socket folder is a host, and tables go to the configured schema', async () => {
    const admin = await openDatabase(location());
    await sql`create schema house`.execute(admin.kysely);
    const database = await openDatabase<Tables>({ ...location(), host: server.socketFolder, schema: 'house' });
    await createThing(database);
    const { rows } = await sql`select 1 from pg_tables where schemaname = 'house' and tablename = 'thing'`.execute(
      admin.kysely,
    );
    assert.equal(rows.length, 1);
    await Promise.all([admin.close(), database.close()]);
  });
});

test('SQLite: columns that another process altered keep their values under their own names', async () => {
  const path = join(folder.path, 'altered.sqlite3');
  const one = await openDatabase<Tables>({ dialect: 'sqlite', path });
  const other = await openDatabase<Tables>({ dialect: 'sqlite', path });
  const kysely = await createThing(one);
  await kysely.insertInto('thing').values({ id: 1, name: 'A', at_ms: 2, bytes: null }).execute();
  const read = async () => ({ ...(await kysely.selectFrom('thing').selectAll().executeTakeFirst()) });
  assert.deepEqual(await read(), { id: 1, name: 'A', at_ms: 2, bytes: null });
  await other.kysely.schema.alterTable('thing').dropColumn('name').execute();
  assert.deepEqual(await read(), { id: 1, at_ms: 2, bytes: null });
  await other.close();
  await one.close();
});
