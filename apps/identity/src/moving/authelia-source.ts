/** Where Authelia's tables stand, and getting them from there: an SQLite file, or a schema of PostgreSQL. Nothing is written. */
import type { DatabaseLocation } from '@gatehouse/storage/database.ts';
import { readForeignSqlite } from '@gatehouse/storage/foreign-sqlite.ts';
import type { AutheliaData } from './authelia-data.ts';
import { autheliaTables, readAuthelia } from './read-authelia.ts';

/** Throws `AutheliaUnreadable`, and what opening a database throws. */
export async function readAutheliaAt(
  source: DatabaseLocation,
  encryptionKey: string,
  nowMs: number,
): Promise<AutheliaData> {
  if (source.dialect === 'sqlite')
    return readForeignSqlite(source.path, (tables) => readAuthelia(tables, `'${source.path}'`, encryptionKey, nowMs));
  // Loaded where it is used: the driver takes some ten megabytes.
  const { readForeignPostgres } = await import('@gatehouse/storage/foreign-postgres.ts');
  const tables = await readForeignPostgres(source, autheliaTables);
  const place = `the schema '${source.schema}' of the database '${source.database}'`;
  return readAuthelia(tables, place, encryptionKey, nowMs);
}
