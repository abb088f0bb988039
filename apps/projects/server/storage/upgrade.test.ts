/**
 * A database that grew step by step is the same as one that is made today: whatever step it stood at, with rows in it, it is
 * brought on to the same tables, columns, keys and indexes, on both databases; and both say the same of each table.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Database, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { sql } from 'kysely';
import { readTables } from '../backup/tables.ts';
import { assertKept, fill, searchable } from './filling.testing.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from './migrations.ts';

const last = workspaceMigrations.length;
/** After which steps a database may have been left: the first, one in each part, the last but one. */
const stops = [1, 2, 5, Math.floor(last / 2), last - 5, last - 1];

async function bringTo<T>(database: Database<T>, steps: number): Promise<void> {
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations.slice(0, steps));
}

/** A line a thing, without what differs by the order in which columns came. */
async function schemaOf<T>({ kysely, dialect }: Database<T>): Promise<string[]> {
  const tables = (await kysely.introspection.getTables()).filter(({ name }) => !/^search_words/.test(name));
  const columns = tables.flatMap(({ name, columns: own }) =>
    own.map((column) => `${name}.${column.name} ${column.isNullable ? 'may be null' : 'is there'} ${column.dataType}`),
  );
  const { rows } =
    dialect === 'sqlite'
      ? await sql<{ name: string; text: string }>`select name, coalesce(sql, tbl_name) as text from sqlite_master
          where type in ('index', 'trigger')`.execute(kysely)
      : await sql<{ name: string; text: string }>`select indexname as name, indexdef as text from pg_indexes
          where schemaname = current_schema() union all select conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid)
          from pg_constraint where connamespace = current_schema()::regnamespace union all
          select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal`.execute(kysely);
  return [...columns, ...rows.map(({ name, text }) => `${name}: ${text.replace(/\s+/g, ' ')}`)].toSorted();
}

async function assertSameFromEveryStop(open: (name: string) => Promise<Database<unknown>>): Promise<void> {
  const fresh = await open('fresh');
  await bringTo(fresh, last);
  const expected = await schemaOf(fresh);
  await fill(fresh, last);
  const found = await searchable(fresh);
  await fresh.close();
  assert.ok(expected.length > 200);
  assert.deepEqual(found, ['comment few', 'goal few', 'milestone few', 'project few', 'toDo few']);
  for (const stop of stops) {
    const upgraded = await open(`stop_${stop}`);
    await bringTo(upgraded, stop);
    const rows = await fill(upgraded, stop);
    await bringTo(upgraded, last);
    assert.deepEqual(await schemaOf(upgraded), expected, `from step ${stop}`);
    await assertKept(upgraded, rows, `from step ${stop}`);
    await fill(upgraded, last);
    assert.deepEqual(await searchable(upgraded), found, `what was there before is found, from step ${stop}`);
    await upgraded.close();
  }
}

/** Each step meets rows in every table that there is by then. */
async function assertEveryStepKeepsRows(database: Database<unknown>): Promise<void> {
  for (let step = 1; step <= last; step++) {
    await bringTo(database, step);
    const rows = await fill(database, step);
    await bringTo(database, Math.min(step + 1, last));
    await assertKept(database, rows, `step ${step + 1}`);
  }
  await database.close();
}

test('an upgraded database is what a fresh one is, from every stop, on SQLite', () =>
  assertSameFromEveryStop(() => openDatabase({ dialect: 'sqlite', path: ':memory:' })));

test('an upgraded database is what a fresh one is, from every stop, on PostgreSQL', {
  skip: needs('postgresql'),
}, async () => {
  await using server = await startPostgres();
  await assertSameFromEveryStop(async (name) => {
    const first = await openDatabase<unknown>({ dialect: 'postgres', ...server });
    await sql`create database ${sql.id(name)}`.execute(first.kysely);
    await first.close();
    return openDatabase({ dialect: 'postgres', ...server, database: name });
  });
});

test('every step keeps what is in every table, on SQLite', async () =>
  assertEveryStepKeepsRows(await openDatabase({ dialect: 'sqlite', path: ':memory:' })));

test('every step keeps what is in every table, on PostgreSQL', { skip: needs('postgresql') }, async () => {
  await using server = await startPostgres();
  await assertEveryStepKeepsRows(await openDatabase({ dialect: 'postgres', ...server }));
});

test('SQLite and PostgreSQL have the same tables and columns, null where the other has', {
  skip: needs('postgresql'),
}, async () => {
  await using server = await startPostgres();
  const sqlite = await openDatabase<unknown>({ dialect: 'sqlite', path: ':memory:' });
  const postgres = await openDatabase<unknown>({ dialect: 'postgres', ...server });
  // SQLite lets a key of text be null as far as its tables say; it is none of ours that ever is.
  const tables = await readTables([
    [frameNamespace, frameMigrations],
    [workspaceNamespace, workspaceMigrations],
  ]);
  const keys = new Set(tables.flatMap(({ name, key }) => key.map((column) => `${name}.${column}`)));
  const linesOf = async (database: Database<unknown>): Promise<string[]> => {
    await bringTo(database, last);
    const tables = await database.kysely.introspection.getTables();
    return (
      tables
        // The index of words is each engine's own.
        .filter(({ name }) => !name.startsWith('search_'))
        .flatMap(({ name, columns }) =>
          columns.map(
            (column) =>
              `${name}.${column.name}${column.isNullable && !keys.has(`${name}.${column.name}`) ? ' may be null' : ''}`,
          ),
        )
        .toSorted()
    );
  };
  try {
    assert.deepEqual(await linesOf(sqlite), await linesOf(postgres));
  } finally {
    await sqlite.close();
    await postgres.close();
  }
});
