/**
 * Takes refusals as they happen and writes them later, off the path of the request: what is equal is counted in memory, and
 * once a second at most `pendingMax` rows are written in one statement. A flood of bad requests costs memory and writes that
 * are bounded; what does not fit is counted and told to the log. What a crash loses is the last second.
 */
import type { Log } from '@gatehouse/web/log.ts';
import { bucketOf, type RefusalStore } from './refusal.store.ts';
import { type KeptRefusal, type Refusal, referenceOf } from './refusal.ts';

export const pendingMax = 200;
export const pendingInBucketMax = 50;
const flushAfterMs = 1000;

export type RefusalRecorder = {
  /** Answers the reference under which it will be found. */
  record(refusal: Refusal): string;
  /** Writes what is pending; the next refusals wait for another second. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

export function openRefusalRecorder(options: {
  readonly store: Pick<RefusalStore, 'add'>;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly nowMs: () => number;
}): RefusalRecorder {
  const { store, log, nowMs } = options;
  let pending = new Map<string, KeptRefusal>();
  let inBucket = new Map<string, number>();
  let leftOut = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function keep(refusal: Refusal, reference: string, atMs: number): void {
    const known = pending.get(reference);
    if (known) {
      pending.set(reference, { ...known, times: known.times + 1, lastAtMs: atMs });
      return;
    }
    const bucket = bucketOf(refusal);
    const size = inBucket.get(bucket) ?? 0;
    if (pending.size >= pendingMax || size >= pendingInBucketMax) {
      leftOut += 1;
      return;
    }
    inBucket.set(bucket, size + 1);
    pending.set(reference, { ...refusal, reference, times: 1, firstAtMs: atMs, lastAtMs: atMs });
  }

  async function write(): Promise<void> {
    const batch = [...pending.values()];
    const further = leftOut;
    pending = new Map();
    inBucket = new Map();
    leftOut = 0;
    if (further > 0) log.warn({ further }, 'More refusals than are recorded: the log has each of them');
    try {
      await store.add(batch);
    } catch (cause) {
      log.error({ err: cause, refusals: batch.length }, 'Refusals could not be recorded');
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  }

  return {
    record(refusal) {
      const atMs = nowMs();
      const reference = referenceOf(refusal, atMs);
      keep(refusal, reference, atMs);
      // The timer keeps no process alive: whoever stops one calls `close`.
      timer ??= setTimeout(flush, flushAfterMs).unref();
      return reference;
    },
    flush,
    close: flush,
  };
}
