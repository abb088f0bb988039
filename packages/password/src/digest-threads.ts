/**
 * Worker threads for the digests that are computed in JavaScript. Threads start when first needed and wait idle after; they
 * do not keep the process alive. How many run at once is decided by the caller, the pool.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ScriptDigest } from './digest.ts';
import type { DigestTask } from './digest-worker.ts';

export type DigestThreads = {
  /** Rejects when the thread dies or the threads are closed. */
  derive(digest: ScriptDigest, secret: string): Promise<Uint8Array>;
  close(): Promise<void>;
};

export function openDigestThreads(): DigestThreads {
  const all = new Set<Worker>();
  const idle: Worker[] = [];

  function start(): Worker {
    const worker = new Worker(new URL('./digest-worker.ts', import.meta.url));
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      const place = idle.indexOf(worker);
      if (place !== -1) idle.splice(place, 1);
    });
    return worker;
  }

  return {
    async derive(digest, secret) {
      const worker = idle.pop() ?? start();
      worker.ref();
      const ended = new AbortController();
      try {
        const exited = once(worker, 'exit', { signal: ended.signal }).then(() => {
          throw new Error('The thread that computes digests ended before it answered.');
        });
        worker.postMessage({ digest, secret } satisfies DigestTask);
        // `once` rejects when the thread throws.
        const [key] = (await Promise.race([once(worker, 'message', { signal: ended.signal }), exited])) as [Uint8Array];
        worker.unref();
        idle.push(worker);
        return key;
      } finally {
        ended.abort();
      }
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
