/**
 * Opens a database: one function for every engine, answering with a Kysely instance and the name of its dialect. Tables,
 * queries and migrations belong to the applications. A further engine is a further file beside `sqlite.ts` and
 * `postgres.ts`, and a further member of `DatabaseLocation`.
 */
import type { ConnectionOptions } from 'node:tls';
import type { Kysely } from 'kysely';
import { openSqlite } from './sqlite.ts';

export type Dialect = 'sqlite' | 'postgres';

export type SqliteLocation = { readonly dialect: 'sqlite'; readonly path: string };

export type PostgresLocation = {
  readonly dialect: 'postgres';
  /** A name, an address, or the folder of a Unix socket (starts with `/`). */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly schema: string;
  readonly username: string;
  readonly password: string;
  /** Absent: the connection is not encrypted. */
  readonly tls?: ConnectionOptions;
  /** Default 5 (Authelia `storage.postgres.timeout`). */
  readonly connectTimeoutSeconds?: number;
  /**
   * How long one statement may take, default 10: the server ends it, waiting for a lock included, and we do where the
   * server does not answer any more. `unlimited` is for work on whole tables: migrations, exports, backups.
   */
  readonly statementSeconds?: number | 'unlimited';
  /** Default 10. */
  readonly connectionsMax?: number;
};

export type DatabaseLocation = SqliteLocation | PostgresLocation;

export type Database<Tables> = {
  readonly kysely: Kysely<Tables>;
  readonly dialect: Dialect;
  close(): Promise<void>;
};

/**
 * Opens and proves that the database answers. Values that both engines read back alike are `number` (an integer up to
 * 2^53), `string`, `Uint8Array` and null: store a time as milliseconds in a `bigint` column and a truth as 0 or 1.
 * On SQLite every query goes through one connection, so a query made outside a transaction waits until it ends: inside
 * `transaction().execute(trx => …)` use `trx` alone. For the same reason open an SQLite file once in a process: a second
 * handle would wait for the first one's lock while it keeps the event loop from releasing it. Other processes may.
 *
 * Throws `DatabaseCannotOpen`, `DatabaseUnreachable`, `DatabaseLoginRefused` or `DatabaseMissing`.
 */
export async function openDatabase<Tables>(location: DatabaseLocation): Promise<Database<Tables>> {
  if (location.dialect === 'sqlite') return openSqlite<Tables>(location.path);
  // Loaded where it is used: the driver takes some ten megabytes.
  const { openPostgres } = await import('./postgres.ts');
  const { database } = await openPostgres<Tables>(location);
  return database;
}

/**
 * Opens a database whose tables are brought forward first. That is given all the time it takes, since a step may go through
 * many rows; what comes after it has the limit of the location. Throws what `openDatabase` and `prepare` throw.
 */
export async function openPrepared<Tables>(
  location: DatabaseLocation,
  prepare: (database: Database<Tables>) => Promise<void>,
): Promise<Database<Tables>> {
  const unlimited = await openDatabase<Tables>(unhurried(location));
  try {
    await prepare(unlimited);
  } catch (cause) {
    await unlimited.close();
    throw cause;
  }
  if (location.dialect === 'sqlite') return unlimited;
  await unlimited.close();
  return openDatabase<Tables>(location);
}

/** The same place for work on whole tables, whose statements may take long. */
export function unhurried(location: DatabaseLocation): DatabaseLocation {
  return location.dialect === 'postgres' ? { ...location, statementSeconds: 'unlimited' } : location;
}

/** The column type for bytes. */
export function bytesType(dialect: Dialect): 'blob' | 'bytea' {
  return dialect === 'sqlite' ? 'blob' : 'bytea';
}
