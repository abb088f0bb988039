/**
 * PostgreSQL through `pg`: the pool, what a failed connection means, and Kysely over it. Only
 * `postgres-announcements.ts` opens connections with this driver too.
 */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { hasGivenUp } from './away.ts';
import type { Database, PostgresLocation } from './database.ts';
import { DatabaseLoginRefused, DatabaseMissing, DatabaseUnreachable, type StorageFailure } from './failures.ts';

const int8Oid = 20;
const connectTimeoutSecondsDefault = 5;
const statementSecondsDefault = 10;
/**
 * How long one waits for its turn while every connection is in use. A pool counts that as connecting; but many who come at
 * once are no server that is away.
 */
const turnMsMax = 60_000;
/** How much later than the server we end a statement that it does not end itself, because it hangs or is gone. */
const graceMs = 1000;
const connectionsMaxDefault = 10;
const schemaPattern = /^[A-Za-z_][A-Za-z0-9_$]*$/;

/**
 * PostgreSQL reckons with disks that turn: to look up a thousand rows of a hundred thousand it would sooner read all of them.
 * What is asked for day by day is in memory, or a moment away.
 */
const settings = '-c random_page_cost=1.1';

/** How one connection is made. It has no limit for statements yet. */
export function postgresClientOptions(location: PostgresLocation): pg.ClientConfig {
  return {
    host: location.host,
    port: location.port,
    database: location.database,
    user: location.username,
    password: location.password,
    ssl: location.tls ?? false,
    options: `-c search_path="${location.schema}" ${settings}`,
    connectionTimeoutMillis: (location.connectTimeoutSeconds ?? connectTimeoutSecondsDefault) * 1000,
  };
}

/** Opens a pool, proves it with one connection and finds the schema. `database.close()` ends the pool. */
export async function openPostgres<Tables>(
  location: PostgresLocation,
): Promise<{ database: Database<Tables>; pool: pg.Pool }> {
  if (!schemaPattern.test(location.schema))
    throw new TypeError(`'${location.schema}' is not a schema name: use letters, digits and underscores`);
  const options = withLimit(postgresClientOptions(location), location);
  const pool = new pg.Pool({
    ...options,
    connectionTimeoutMillis: turnMsMax,
    Client: clientThatConnectsWithin(options.connectionTimeoutMillis),
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

function withLimit(options: pg.ClientConfig, { statementSeconds = statementSecondsDefault }: PostgresLocation) {
  if (statementSeconds === 'unlimited') return options;
  const statementMs = statementSeconds * 1000;
  return {
    ...options,
    options: `${options.options} -c statement_timeout=${statementMs}`,
    query_timeout: statementMs + graceMs,
  };
}

/**
 * A connection whose statement never came to an end is nobody's any more: the driver gives up the statement alone, and
 * whoever got the connection next would wait behind it.
 */
class GivenUpClient extends pg.Client {
  // The library's signatures are many; what they have in common is what stands last.
  override query(...given: unknown[]): never {
    const ask = super.query.bind(this) as (...asked: unknown[]) => unknown;
    const callback = given.at(-1);
    if (typeof callback === 'function')
      return ask(...given.slice(0, -1), (cause: unknown, ...rest: unknown[]) => {
        if (hasGivenUp(cause)) void this.end();
        callback(cause, ...rest);
      }) as never;
    const answer = ask(...given);
    if (answer instanceof Promise)
      answer.catch((cause: unknown) => {
        if (hasGivenUp(cause)) void this.end();
      });
    return answer as never;
  }
}

/** The pool hands its own options to each connection, also how long one waits for a turn. */
function clientThatConnectsWithin(connectionTimeoutMillis: number | undefined): typeof pg.Client {
  return class PooledClient extends GivenUpClient {
    constructor(given: pg.ClientConfig) {
      // The password stands where spreading does not find it, so that no log shows it.
      super({ ...given, password: given.password, connectionTimeoutMillis });
    }
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
