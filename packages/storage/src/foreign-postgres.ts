/**
 * Reads tables of a PostgreSQL schema that another program made: never writes, and all rows are of one moment. Values come in
 * the shapes that `foreign-sqlite.ts` gives: truths as 0 and 1, times as text of ISO 8601.
 */
import type { PostgresLocation } from './database.ts';
import type { ForeignRow, ForeignTables } from './foreign-sqlite.ts';
import { openPostgres } from './postgres.ts';

type Value = ForeignRow[string];

/** Of `names` those tables that are there, whole. Throws as `openDatabase` does. */
export async function readForeignPostgres(
  location: PostgresLocation,
  names: readonly string[],
): Promise<ForeignTables> {
  const { pool, database } = await openPostgres({ ...location, connectionsMax: 1, statementSeconds: 'unlimited' });
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const found = await client.query<{ name: string }>(
      'select table_name as name from information_schema.tables where table_schema = $1 and table_name = any($2)',
      [location.schema, names],
    );
    const tables = new Map<string, readonly ForeignRow[]>();
    for (const { name } of found.rows) {
      // Only a name that the schema itself holds gets into the text.
      const { rows } = await client.query(`select * from "${name.replaceAll('"', '""')}" order by id`);
      tables.set(name, rows.map(plainRow));
    }
    return { has: (name) => tables.has(name), rows: (name) => tables.get(name) ?? [] };
  } finally {
    client.release();
    await database.close();
  }
}

function plainRow(row: Readonly<Record<string, unknown>>): ForeignRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): Value {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return (value ?? null) as Value;
}
