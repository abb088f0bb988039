/**
 * Group commit for one SQLite connection: what is written while the disk is busy runs one after another in one `begin
 * immediate` transaction as soon as it is not, and every promise resolves once that transaction is on the disk. The file is
 * opened with `synchronous=normal`, so COMMIT itself waits for no disk; the write-ahead log is synced here, on another
 * thread. So durability costs neither the event loop nor each value an fsync, and the busier it is the more share one.
 * Knows transactions, not what they hold.
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

/** Waits until the disk has what was written to a file: `fdatasync`. */
export type Sync = (file: number, done: (failure: Error | null) => void) => void;

/**
 * `file` has a write-ahead log already. After a sync that failed nothing is kept any more until the process was started again:
 * the disk may say of the next one that it succeeded, but what it kept then stands behind a hole in the log and is worth nothing.
 */
export function openBatch(file: DatabaseSync, sync: Sync = fdatasync): Batch {
  const begin = file.prepare('begin immediate');
  const commit = file.prepare('commit');
  // The log keeps its file as long as any connection is open, through checkpoints and restarts of the log.
  // It stands beside the file itself, wherever a link to that is.
  const log = openSync(`${file.location()}-wal`, 'r');
  let waiting: Waiting[] = [];
  /** A flush is about to run, or its sync is under way: what is written now takes the next one. */
  let busy = false;
  let failure: Error | undefined;

  function flush(): void {
    const batch = waiting.slice(0, operationsMax);
    waiting = waiting.slice(operationsMax);
    try {
      if (failure) throw failure;
      begin.run();
      for (const { run } of batch) run();
      commit.run();
    } catch (reason) {
      // A full disk, a lock held too long: nothing of this batch happened, and every caller learns it.
      if (file.isTransaction) file.exec('rollback');
      for (const { reject } of batch) reject(reason);
      next();
      return;
    }
    sync(log, (cause) => {
      if (cause)
        failure = new Error('The disk did not keep what was written. Look after it, then start again.', { cause });
      // A disk that cannot say that it kept something has not kept it.
      for (const { settle, reject } of batch) failure ? reject(failure) : settle();
      next();
    });
  }

  function next(): void {
    busy = waiting.length > 0;
    if (busy) setImmediate(flush);
  }

  function write<T>(operation: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let answer: T;
      waiting.push({
        run: () => {
          answer = operation();
        },
        settle: () => resolve(answer),
        reject,
      });
      if (!busy) next();
    });
  }

  return {
    write,
    async close() {
      while (busy) await write(() => undefined).catch(() => undefined);
      closeSync(log);
    },
  };
}
