/**
 * Test support: rows in every table of the workspace as it was after some step, whatever columns it had then. Two rows a
 * table: one with nothing but what has to be there, one with all. Every id is the name of its row, so that whatever refers to
 * a row of another table finds it.
 */
import assert from 'node:assert/strict';
import type { Database } from '@gatehouse/storage/database.ts';
import { type RawBuilder, sql } from 'kysely';
import { readTables, type Table } from '../backup/tables.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from './migrations.ts';

type Row = Readonly<Record<string, unknown>>;
export type Filled = readonly { readonly table: Table; readonly rows: readonly Row[] }[];

// Short: there are columns of three letters.
const few = 'few';
const all = 'all';

/** Fills the tables that are empty yet; answers with what is in all of them then. What triggers fill is left out. */
export async function fill<T>(database: Database<T>, step: number): Promise<Filled> {
  const { kysely } = database;
  const shapes = new Map((await kysely.introspection.getTables()).map(({ name, columns }) => [name, columns]));
  const tables = await readTables([
    [frameNamespace, frameMigrations],
    [workspaceNamespace, workspaceMigrations.slice(0, step)],
  ]);
  for (const table of tables) {
    const columns = shapes.get(table.name) ?? [];
    if ((await readAll(database, table.name)).length === 0)
      for (const [index, name] of [few, all].entries()) {
        // SQLite lets a key of text be null as far as its tables say.
        const set = columns.filter((column) => name === all || !column.isNullable || table.key.includes(column.name));
        await sql`insert into ${sql.table(table.name)} (${sql.join(set.map((column) => sql.ref(column.name)))})
          values (${sql.join(set.map(({ dataType }) => valueFor(dataType, name, index)))})`.execute(kysely);
      }
  }
  // Rows of one table may be written upon by triggers of another.
  const filled: { table: Table; rows: readonly Row[] }[] = [];
  for (const table of tables) filled.push({ table, rows: await readAll(database, table.name) });
  return filled;
}

async function readAll<T>({ kysely }: Database<T>, table: string): Promise<readonly Row[]> {
  return (await sql<Row>`select * from ${sql.table(table)}`.execute(kysely)).rows;
}

function valueFor(dataType: string, name: string, index: number): RawBuilder<unknown> {
  const type = dataType.toLowerCase();
  if (/blob|bytea/.test(type)) return sql`${Buffer.from(name)}`;
  if (/int|serial|double|float/.test(type)) return sql`${index + 1}`;
  return sql`${name}`;
}

/** Every value that was there is there now; columns and rows may have come to it. */
export async function assertKept<T>(database: Database<T>, before: Filled, which: string): Promise<void> {
  for (const { table, rows } of before) {
    assert.ok(rows.length >= 2, `${table.name} was filled`);
    const now = await readAll(database, table.name);
    for (const row of rows) {
      const kept = now.find((each) => table.key.every((column) => each[column] === row[column]));
      const same = Object.fromEntries(Object.keys(row).map((column) => [column, kept?.[column]]));
      assert.deepEqual(same, { ...row }, `${which}: ${table.name}`);
    }
  }
}

/** What the index of words holds of the rows with little in them: the others may be in the trash. A line a thing. */
export async function searchable<T>({ kysely }: Database<T>): Promise<string[]> {
  const { rows } = await sql<{ kind: string; subject_id: string }>`select kind, subject_id from search_entries
    where subject_id = ${few}`.execute(kysely);
  return rows.map(({ kind, subject_id }) => `${kind} ${subject_id}`).toSorted();
}
