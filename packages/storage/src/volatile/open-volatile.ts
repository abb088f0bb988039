/** Opens the volatile values that belong to a database: a file beside an SQLite file, a table in a PostgreSQL schema. */
import type { DatabaseLocation } from '../database.ts';
import { openSqliteVolatile, volatilePath } from './sqlite-volatile.ts';
import type { Volatile } from './volatile.ts';

/** Throws what `openDatabase` throws. */
export async function openVolatile(location: DatabaseLocation, nowMs: () => number): Promise<Volatile> {
  if (location.dialect === 'postgres') {
    const { openPostgresVolatile } = await import('./postgres-volatile.ts');
    return openPostgresVolatile(location, nowMs);
  }
  return openSqliteVolatile(volatilePath(location.path), nowMs);
}

/** Where their table stands, for who works on it as a whole: with nobody else using it. */
export function volatileLocation(location: DatabaseLocation): DatabaseLocation {
  return location.dialect === 'postgres' ? location : { ...location, path: volatilePath(location.path) };
}
