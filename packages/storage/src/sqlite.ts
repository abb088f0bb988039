/**
 * SQLite through `node:sqlite`: how a file is opened, and the shim that lets Kysely's stock dialect use it. The only file,
 * with `volatile/sqlite-volatile.ts`, that knows this driver.
 */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import type { Database } from './database.ts';
import { DatabaseCannotOpen } from './failures.ts';
import { searchFold } from './search-fold.ts';

/** How long a writer waits for another process's transaction before it gives up. */
const busyTimeoutMs = 5_000;
const statementsMax = 500;
/** Pages kept in memory, once they were read. SQLite's own 2 MiB hold too little of a database that people look things up in. */
const pageCacheKib = 16 * 1024;

export async function openSqlite<Tables>(path: string): Promise<Database<Tables>> {
  const file = openSqliteFile(path);
  // SQLite itself knows the capitals of ASCII alone, and no marks.
  file.function('search_fold', { deterministic: true }, (text) => (typeof text === 'string' ? searchFold(text) : null));
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: kyselyDatabase(file) }) });
  return {
    kysely,
    dialect: 'sqlite',
    async close() {
      await kysely.destroy();
      // Kysely closes the file only if it ever ran a query.
      if (file.isOpen) file.close();
    },
  };
}

/**
 * Opens or creates (mode 0600) a file, write-ahead log on, foreign keys on. `synchronous=FULL`: what was committed is
 * there after a power cut too, at the price of one fsync a commit.
 */
export function openSqliteFile(path: string): DatabaseSync {
  try {
    // SQLite would create it readable by everyone. The log files beside it take over its mode.
    if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
    const file = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
    file.exec('pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864;');
    // Once in 32 MB: it holds the event loop, and a page that is written often is then copied once.
    file.exec('pragma wal_autocheckpoint = 8000');
    file.exec(`pragma cache_size = -${pageCacheKib}`);
    return file;
  } catch (cause) {
    throw new DatabaseCannotOpen(`The database file '${path}' cannot be opened: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'errcode' in cause ? cause.errcode : 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'its folder does not exist. Create the folder, writable by the user that runs this process.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 8:
      return 'this process may not write it. Give the user that runs it the file and its folder.';
    case 'EISDIR':
      return 'it is a folder. Name a file.';
    case 5:
      return 'another process keeps it locked. Stop the other process.';
    case 26:
      return 'it is not an SQLite database. Name another file, or restore this one from a backup.';
    default:
      return cause.message;
  }
}

/** The few lines Kysely needs. A statement with result columns is a reader, also `insert … returning`. */
function kyselyDatabase(file: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => file.close(),
    prepare(text) {
      // A deferred transaction that reads first cannot wait for another writer: it fails with SQLITE_BUSY at once.
      const sql = text === 'begin' ? 'begin immediate' : text;
      const known = statements.get(sql);
      if (known) return known;
      const statement = kyselyStatement(file.prepare(sql));
      if (statements.size >= statementsMax) statements.clear();
      statements.set(sql, statement);
      return statement;
    },
  };
}

function kyselyStatement(statement: StatementSync): SqliteStatement {
  const rowsOf = rowMaker();
  statement.setReturnArrays(true);
  // With `setReturnArrays` a row is an array, which the types do not know.
  const read = (rows: unknown): Iterable<readonly unknown[]> => rows as Iterable<readonly unknown[]>;
  // Asked after the rows: another process may have altered the table since, and SQLite takes notice of that with them.
  const toRow = (): ((values: readonly unknown[]) => Row) => rowsOf(statement.columns().map(({ name }) => name));
  return {
    reader: statement.columns().length > 0,
    all(parameters) {
      const rows = Array.from(read(statement.all(...checkedBinds(parameters))));
      return rows.length === 0 ? [] : rows.map(toRow());
    },
    run: (parameters) => statement.run(...checkedBinds(parameters)),
    *iterate(parameters) {
      for (const values of read(statement.iterate(...checkedBinds(parameters)))) yield toRow()(values);
    },
  };
}

type Row = Record<string, unknown>;

/**
 * Rows as objects that are all of one kind, as long as their columns are the same. The driver's own are dictionaries, which
 * take half as long again to make and three times as long to spread.
 */
function rowMaker(): (columns: readonly string[]) => (values: readonly unknown[]) => Row {
  let known: readonly string[] = [];
  let empty: Row = {};
  return function rowsOf(columns) {
    if (columns.length !== known.length || columns.some((name, index) => name !== known[index])) {
      known = columns;
      empty = JSON.parse(JSON.stringify(Object.fromEntries(columns.map((name) => [name, null]))));
    }
    const kind = empty;
    return function toRow(values) {
      const row = { ...kind };
      for (const [index, name] of columns.entries()) row[name] = values[index];
      return row;
    };
  };
}

/**
 * `node:sqlite` takes a first value that is an object (a Date is one) as named parameters and shifts the others by one.
 * So every value is checked before it gets there.
 */
function checkedBinds(values: readonly unknown[]): SQLInputValue[] {
  return values.map((value, index) => {
    if (value === null || typeof value === 'string' || typeof value === 'bigint') return value;
    if (typeof value === 'number' && !Number.isNaN(value)) return value;
    if (value instanceof Uint8Array) return value;
    const type = value instanceof Date ? 'Date' : typeof value;
    throw new TypeError(
      `Parameter ${index + 1} is of type ${type}, which SQLite cannot keep: bind milliseconds for a time, 0 or 1 for a truth, null for nothing`,
    );
  });
}
