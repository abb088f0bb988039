/**
 * Reads an SQLite file that another program made: never writes, never creates, and holds no lock once the answer is there.
 * Rows come as they are stored; what they mean is the caller's to know.
 */
import { DatabaseSync } from 'node:sqlite';
import { DatabaseCannotOpen } from './failures.ts';

/** A value as SQLite keeps it. */
export type ForeignRow = Readonly<Record<string, string | number | bigint | Uint8Array | null>>;

export type ForeignTables = {
  has(table: string): boolean;
  /** Every row in order of its `rowid`; none if there is no such table. */
  rows(table: string): readonly ForeignRow[];
};

/** How long another process may keep the file locked before this gives up. */
const presetBusyTimeoutMs = 5_000;

/**
 * Calls `read` on one state of the file: what another program writes meanwhile is not seen. Throws `DatabaseCannotOpen`, and
 * what `read` throws.
 */
export function readForeignSqlite<Answer>(
  path: string,
  read: (tables: ForeignTables) => Answer,
  busyTimeoutMs = presetBusyTimeoutMs,
): Answer {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs });
    file.exec('begin');
    refuseDamaged(path, file);
    return read(tablesOf(file));
  } catch (cause) {
    const reason = reasonOf(cause);
    if (reason === undefined) throw cause;
    throw new DatabaseCannotOpen(`The database file '${path}' cannot be read: ${reason}`, { cause });
  } finally {
    if (file?.isOpen) file.close();
  }
}

function refuseDamaged(path: string, file: DatabaseSync): void {
  const found = file.prepare('pragma quick_check(1)').get()?.quick_check;
  if (found !== 'ok') throw new DatabaseCannotOpen(`The database file '${path}' cannot be read: ${damaged}`);
}

function tablesOf(file: DatabaseSync): ForeignTables {
  const names = new Set(file.prepare("select name from sqlite_master where type = 'table'").all().map(nameOf));
  return {
    has: (table) => names.has(table),
    rows(table) {
      // Only a name that the file itself holds gets into the text.
      if (!names.has(table)) return [];
      return file.prepare(`select * from "${table.replaceAll('"', '""')}" order by rowid`).all() as ForeignRow[];
    },
  };
}

function nameOf(row: ForeignRow): string {
  return String(row.name);
}

const damaged =
  'it is damaged or incomplete. Copy it again while the program that writes it is stopped, with its -wal or -journal file, or restore a backup.';

/** Undefined: no failure of SQLite. The low byte of an extended code is the primary one (sqlite.org/rescode.html). */
function reasonOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('errcode' in cause)) return undefined;
  switch (Number(cause.errcode) & 0xff) {
    case 5:
    case 6:
      return 'another program keeps it locked. Stop that program and try again.';
    case 8:
      return 'the program that wrote it was interrupted, and reading it would need a repair. Start that program once and stop it, or copy the file together with its -wal or -journal file to a folder this process may write.';
    case 11:
      return damaged;
    case 14:
      return 'there is no such file, or this process may not read it. Check the path and the rights.';
    case 26:
      return 'it is not an SQLite database. Check the path.';
    default:
      return cause.message;
  }
}
