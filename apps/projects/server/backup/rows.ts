/** Rows of a table in pages, and back: the same on every engine, so that a backup of one can be restored on the other. */
import { type Kysely, sql } from 'kysely';
import type { Table } from './tables.ts';

export type Row = Readonly<Record<string, unknown>>;
type AnyDatabase = Kysely<Record<string, Record<string, unknown>>>;

const pageRows = 1_000;

/** By primary key; what refers to rows of the same table comes after all those it may refer to. */
export async function* readPages(db: Kysely<never>, table: Table): AsyncGenerator<Row[]> {
  const passes = table.self === null ? [null] : (['is', 'is not'] as const);
  for (const pass of passes) {
    let after: unknown[] | undefined;
    for (;;) {
      let query = (db as unknown as AnyDatabase).selectFrom(table.name).select(table.columns).limit(pageRows);
      for (const column of table.key) query = query.orderBy(column);
      if (pass !== null && table.self !== null) query = query.where(table.self, pass, null);
      if (after) {
        const key = sql.join(table.key.map((column) => sql.ref(column)));
        query = query.where(sql<boolean>`(${key}) > (${sql.join(after)})`);
      }
      const rows = await query.execute();
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (rows.length < pageRows || !last) break;
      after = table.key.map((column) => last[column]);
    }
  }
}

export async function writeRows(trx: Kysely<never>, table: Table, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  // SQLite binds 32,766 values a statement.
  const batch = Math.max(1, Math.floor(30_000 / Math.max(1, columns)));
  for (let from = 0; from < rows.length; from += batch)
    await (trx as unknown as AnyDatabase)
      .insertInto(table.name)
      .values(rows.slice(from, from + batch))
      .execute();
}

/** A row a line. Bytes have no JSON of their own. */
export function encodeRows(rows: readonly Row[]): Buffer {
  const lines = rows.map((row) => JSON.stringify(row, (_, value) => encodeBytes(value)));
  return Buffer.from(`${lines.join('\n')}\n`);
}

export function decodeRows(bytes: Buffer): Row[] {
  const lines = bytes.toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line, (_, value) => decodeBytes(value)) as Row);
}

function encodeBytes(value: unknown): unknown {
  // `JSON.stringify` has asked a Buffer for its own JSON by now.
  if (isObject(value) && value.type === 'Buffer' && Array.isArray(value.data))
    return { $bytes: Buffer.from(value.data as number[]).toString('base64') };
  return value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value;
}

function decodeBytes(value: unknown): unknown {
  return isObject(value) && typeof value.$bytes === 'string' ? Buffer.from(value.$bytes, 'base64') : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
