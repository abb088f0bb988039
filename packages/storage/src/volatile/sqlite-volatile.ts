/**
 * Values that expire, in an SQLite file of their own with a connection of its own: they never join a transaction that the
 * application holds open, and their traffic leaves the accounts alone. Two processes may share the file.
 */
import type { DatabaseSync } from 'node:sqlite';
import { openSqliteFile } from '../sqlite.ts';
import { openBatch } from './sqlite-batch.ts';
import type { ConsumeAnswer, Volatile, VolatileEntry, VolatileWrite } from './volatile.ts';

/** Where the volatile values of a database file stand: `db.sqlite3` → `db.sqlite3-volatile`. */
export function volatilePath(databasePath: string): string {
  return `${databasePath}-volatile`;
}

const entryColumns = 'id, payload, expires_at_ms as expiresAtMs, consumed_at_ms as consumedAtMs';

export function openSqliteVolatile(path: string, nowMs: () => number): Volatile {
  const file = openSqliteFile(path);
  // The batch syncs the log itself before anything is acknowledged. Reads go through the memory map and cost fewer system calls.
  file.exec('pragma synchronous = normal; pragma mmap_size = 268435456');
  createTable(file);
  // Were there a hole in a log that a failing disk left behind, nothing after it would outlive a power cut: it begins anew.
  file.exec('pragma wal_checkpoint(truncate)');
  const batch = openBatch(file);
  // A value that is stored anew keeps the mark of its consumption, unless the old one had expired: then it was gone.
  const upsert = `
    insert into volatile (kind, id, payload, expires_at_ms, grant_id, alias) values (:kind, :id, :payload, :expiresAtMs, :grantId, :alias)
    on conflict (kind, id) do update set payload = excluded.payload, expires_at_ms = excluded.expires_at_ms,
      grant_id = excluded.grant_id,
      alias = case when consumed_at_ms is not null and expires_at_ms > :now then alias else excluded.alias end,
      consumed_at_ms = case when expires_at_ms > :now then consumed_at_ms end`;
  const statements = {
    put: file.prepare(upsert),
    add: file.prepare(`${upsert} where expires_at_ms <= :now`),
    freeAlias: file.prepare(`update volatile set alias = null where kind = :kind and alias = :alias and id <> :id
      and exists (select 1 from volatile where kind = :kind and id = :id and alias = :alias)`),
    get: file.prepare(`select ${entryColumns} from volatile where kind = ? and id = ? and expires_at_ms > ?`),
    byAlias: file.prepare(`select ${entryColumns} from volatile where kind = ? and alias = ? and expires_at_ms > ?`),
    consume: file.prepare(
      'update volatile set consumed_at_ms = :now where kind = :kind and id = :id and expires_at_ms > :now and consumed_at_ms is null',
    ),
    delete: file.prepare('delete from volatile where kind = ? and id = ?'),
    deleteByGrant: file.prepare('delete from volatile where grant_id = :grantId and (:kind is null or kind = :kind)'),
    sweep: file.prepare(
      'delete from volatile where rowid in (select rowid from volatile where expires_at_ms <= ? order by expires_at_ms limit ?)',
    ),
  };

  function store(statement: 'put' | 'add', kind: string, id: string, write: VolatileWrite): boolean {
    const { payload, expiresAtMs, grantId = null, alias = null } = write;
    const stored = statements[statement].run({ kind, id, payload, expiresAtMs, grantId, alias, now: nowMs() });
    if (stored.changes === 0) return false;
    if (alias !== null) statements.freeAlias.run({ kind, alias, id });
    return true;
  }

  return {
    async put(kind, id, write) {
      refuseMisuse(write);
      await batch.write(() => store('put', kind, id, write));
    },
    async add(kind, id, write) {
      refuseMisuse(write);
      return (await batch.write(() => store('add', kind, id, write))) ? 'added' : 'exists';
    },
    get: async (kind, id) => entryOf(statements.get.get(kind, id, nowMs())),
    getByAlias: async (kind, alias) => entryOf(statements.byAlias.get(kind, alias, nowMs())),
    consume: (kind, id) =>
      batch.write((): ConsumeAnswer => {
        const now = nowMs();
        if (statements.consume.run({ kind, id, now }).changes === 1) return 'consumed';
        return statements.get.get(kind, id, now) ? 'already-consumed' : 'missing';
      }),
    delete: (kind, id) => batch.write(() => void statements.delete.run(kind, id)),
    deleteByGrant: (grantId, kind) =>
      batch.write(() => void statements.deleteByGrant.run({ grantId, kind: kind ?? null })),
    sweep: (rowsMax) => batch.write(() => Number(statements.sweep.run(nowMs(), rowsMax).changes)),
    async close() {
      if (!file.isOpen) return;
      await batch.close();
      file.close();
    },
  };
}

/** `user_version` counts the steps this file has had; a second step would be a second `if`. */
function createTable(file: DatabaseSync): void {
  file.exec('begin immediate');
  const version = file.prepare('pragma user_version').get()?.user_version;
  if (version === 0)
    file.exec(`
      create table volatile (
        kind text not null, id text not null, payload blob not null, expires_at_ms integer not null,
        consumed_at_ms integer, grant_id text, alias text, primary key (kind, id)) strict;
      create index volatile_expiry on volatile (expires_at_ms);
      create index volatile_grant on volatile (grant_id) where grant_id is not null;
      create index volatile_alias on volatile (kind, alias) where alias is not null;
      pragma user_version = 1;`);
  file.exec('commit');
}

/** A mistake of one caller must not undo the batch of the others: it is found before the batch. */
function refuseMisuse(write: VolatileWrite): void {
  if (!(write.payload instanceof Uint8Array)) throw new TypeError('a payload must be bytes');
  if (!Number.isSafeInteger(write.expiresAtMs)) throw new TypeError('expiresAtMs must be whole milliseconds');
}

function entryOf(row: unknown): VolatileEntry | undefined {
  if (!row) return undefined;
  const { id, payload, expiresAtMs, consumedAtMs } = row as VolatileEntry & { consumedAtMs: number | null };
  return { id, payload, expiresAtMs, consumedAtMs: consumedAtMs ?? undefined };
}
