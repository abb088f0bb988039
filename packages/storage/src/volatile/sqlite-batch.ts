/**
 * Group commit for one SQLite connection: what is written during one turn of the event loop runs one after another in one
 * `begin immediate` transaction, and every promise resolves once that transaction is on the disk. The file is opened with
 * `synchronous=normal`, so COMMIT itself waits for no disk; the write-ahead log is synced here, on another thread, and
 * commits that come while a sync runs share the next one. So durability costs neither the event loop nor each value an
 * fsync. Knows transactions, not what they hold.
 */
import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

export type Batch = {
  /** Runs in the next transaction. `operation` is synchronous and its statements are all kept or all undone. */
  write<T>(operation: () => T): Promise<T>;
  /** Resolves when nothing waits any more, then lets the log go. No write may follow. */
  close(): Promise<void>;
};

type Waiting = { readonly run: () => void; readonly settle: () => void; readonly reject: (reason: unknown) => void };

/** A limit on how long one transaction keeps other processes and this event loop waiting. */
const operationsMax = 1_000;

/** `logPath`: the write-ahead log of `file`, which must exist already. */
export function openBatch(file: DatabaseSync, logPath: string): Batch {
  const begin = file.prepare('begin immediate');
  const commit = file.prepare('commit');
  // The log keeps its file as long as any connection is open, through checkpoints and restarts of the log.
  const log = openSync(logPath, 'r');
  let waiting: Waiting[] = [];
  let committed: Waiting[] = [];
  let syncing = false;

  function flush(): void {
    const batch = waiting.slice(0, operationsMax);
    waiting = waiting.slice(operationsMax);
    if (waiting.length > 0) setImmediate(flush);
    try {
      begin.run();
      for (const { run } of batch) run();
      commit.run();
    } catch (reason) {
      // A full disk, a lock held too long: nothing of this batch happened, and every caller learns it.
      if (file.isTransaction) file.exec('rollback');
      for (const { reject } of batch) reject(reason);
      return;
    }
    committed.push(...batch);
    if (!syncing) sync();
  }

  function sync(): void {
    const batch = committed;
    committed = [];
    syncing = true;
    fdatasync(log, (reason) => {
      syncing = false;
      if (committed.length > 0) sync();
      // A disk that cannot say that it kept something has not kept it.
      for (const each of batch) reason ? each.reject(reason) : each.settle();
    });
  }

  function write<T>(operation: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let answer: T;
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({
        run: () => {
          answer = operation();
        },
        settle: () => resolve(answer),
        reject,
      });
    });
  }

  return {
    write,
    async close() {
      while (waiting.length > 0 || committed.length > 0 || syncing) await write(() => undefined);
      closeSync(log);
    },
  };
}
