/**
 * PostgreSQL through `pg`: the pool, what a failed connection means, and Kysely over it. Only
 * `postgres-announcements.ts` opens connections with this driver too.
 */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, PostgresLocation } from './database.ts';
import { DatabaseLoginRefused, DatabaseMissing, DatabaseUnreachable, type StorageFailure } from './failures.ts';

const int8Oid = 20;
const connectTimeoutSecondsDefault = 5;
const connectionsMaxDefault = 10;
const schemaPattern = /^[A-Za-z_][A-Za-z0-9_$]*$/;

/** How one connection is made. */
export function postgresClientOptions(location: PostgresLocation): pg.ClientConfig {
  return {
    host: location.host,
    port: location.port,
    database: location.database,
    user: location.username,
    password: location.password,
    ssl: location.tls ?? false,
    options: `-c search_path="${location.schema}"`,
    connectionTimeoutMillis: (location.connectTimeoutSeconds ?? connectTimeoutSecondsDefault) * 1000,
  };
}

/** Opens a pool, proves it with one connection and finds the schema. `database.close()` ends the pool. */
export async function openPostgres<Tables>(
  location: PostgresLocation,
): Promise<{ database: Database<Tables>; pool: pg.Pool }> {
  if (!schemaPattern.test(location.schema))
    throw new TypeError(`'${location.schema}' is not a schema name: use letters, digits and underscores`);
  const pool = new pg.Pool({
    ...postgresClientOptions(location),
    max: location.connectionsMax ?? connectionsMaxDefault,
    types: { getTypeParser: numbersForInt8 },
  });
  // An idle connection that breaks (a restarted server) leaves the pool by itself; unheard, its event would end the process.
  pool.on('error', () => {});
  try {
    const found = await pool.query('select 1 from pg_namespace where nspname = $1', [location.schema]);
    if (found.rowCount === 0) throw new DatabaseMissing(missingSchema(location));
  } catch (cause) {
    await pool.end();
    throw failureOf(cause, location);
  }
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closing: Promise<void> | undefined;
  return {
    pool,
    database: {
      kysely,
      dialect: 'postgres',
      // Not `kysely.destroy()`: it leaves a pool open that Kysely itself never used.
      close: () => (closing ??= pool.end()),
    },
  };
}

function missingSchema({ schema, database, username }: PostgresLocation): string {
  return (
    `The database '${database}' has no schema '${schema}'. ` +
    `Create it with: create schema "${schema}" authorization "${username}"`
  );
}

function failureOf(cause: unknown, location: PostgresLocation): StorageFailure | unknown {
  if (!(cause instanceof Error) || cause instanceof DatabaseMissing) return cause;
  const at = `${location.host.startsWith('/') ? location.host : `${location.host}:${location.port}`}`;
  switch ('code' in cause ? cause.code : undefined) {
    case '28P01':
    case '28000':
      return new DatabaseLoginRefused(
        `PostgreSQL at ${at} refuses the user '${location.username}': ${cause.message}. ` +
          'Check the user name and the password, the pg_hba.conf of the server, and whether it asks for TLS.',
        { cause },
      );
    case '3D000':
      return new DatabaseMissing(
        `PostgreSQL at ${at} has no database '${location.database}'. ` +
          `Create it with: create database "${location.database}" owner "${location.username}"`,
        { cause },
      );
    default:
      return new DatabaseUnreachable(
        `PostgreSQL at ${at} cannot be reached: ${cause.message}. Check the address, that the server runs, and its TLS settings.`,
        { cause },
      );
  }
}

/** `pg` reads an int8 as text; SQLite reads a number. Ours are times and counts, far below 2^53. */
function numbersForInt8(oid: number, format?: 'text' | 'binary'): ReturnType<typeof pg.types.getTypeParser> {
  if (oid !== int8Oid || format === 'binary') return pg.types.getTypeParser(oid, format);
  return function safeInteger(text: string): number {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
    return value;
  };
}
