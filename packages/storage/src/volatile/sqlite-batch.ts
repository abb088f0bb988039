/**
 * Group commit for one SQLite connection: what is written during one turn of the event loop runs one after another in one
 * `begin immediate` transaction, and every promise resolves after its COMMIT. So the price of durability (an fsync) is paid
 * once a turn and not once a value. Knows transactions, not what they hold.
 */
import type { DatabaseSync } from 'node:sqlite';

export type Batch = {
  /** Runs in the next transaction. `operation` is synchronous and its statements are all kept or all undone. */
  write<T>(operation: () => T): Promise<T>;
  /** Runs now, or after the writes that wait: a caller reads what it wrote before. */
  read<T>(operation: () => T): Promise<T>;
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>;
};

type Waiting = { readonly run: () => void; readonly settle: () => void; readonly reject: (reason: unknown) => void };

/** A limit on how long one transaction keeps other processes and this event loop waiting. */
const operationsMax = 1_000;

export function openBatch(file: DatabaseSync): Batch {
  const begin = file.prepare('begin immediate');
  const commit = file.prepare('commit');
  let waiting: Waiting[] = [];

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
    for (const { settle } of batch) settle();
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
    async read(operation) {
      return waiting.length === 0 ? operation() : write(operation);
    },
    async drained() {
      while (waiting.length > 0) await write(() => undefined);
    },
  };
}
