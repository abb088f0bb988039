/**
 * Where passwords and client secrets are verified: off the event loop, so many at a time, so much memory at a time, and so
 * many waiting. Past that the answer is `busy`, at once, so that a flood of sign-ins costs an attacker's patience and not the
 * host. It does not know whose secret it is.
 */
import { availableParallelism } from 'node:os';
import { type Digest, deriveNativeKey, isScriptDigest, keyMatches, memoryBytesOf } from './digest.ts';
import { openDigestThreads } from './digest-threads.ts';

export type PoolAnswer = { readonly kind: 'match' } | { readonly kind: 'mismatch' } | PoolBusy;
export type PoolBusy = { readonly kind: 'busy'; readonly cause: DigestPoolFull };

export interface DigestPool {
  /** Rejects only when the host fails, for example when it has no memory left. */
  verify(digest: Digest, secret: string): Promise<PoolAnswer>;
  /** Those that wait are answered `busy`; those that run are waited for. */
  close(): Promise<void>;
}

export class DigestPoolFull extends Error {
  readonly code = 'digest-pool-full';
  override readonly name = 'DigestPoolFull';
}

export type DigestPoolOptions = {
  /** Digests computed at once. */
  readonly concurrency?: number;
  /** Digests that may wait. */
  readonly queueMax?: number;
  /** Memory of all digests computed at once. One that needs more than this runs alone. */
  readonly memoryBytesMax?: number;
};

/** Secrets longer than this match nothing. SHA-crypt hashes the secret in every round, so length multiplies the work. */
export const secretBytesMax = 1024;

type Job = {
  readonly digest: Digest;
  readonly secret: string;
  readonly memoryBytes: number;
  readonly settle: (answer: PoolAnswer | Promise<PoolAnswer>) => void;
};

export function openDigestPool(options: DigestPoolOptions = {}): DigestPool {
  const concurrency = options.concurrency ?? defaultConcurrency();
  const queueMax = options.queueMax ?? 256;
  const memoryBytesMax = options.memoryBytesMax ?? 512 * 2 ** 20;
  const threads = openDigestThreads();
  const waiting: Job[] = [];
  const running = new Set<Promise<unknown>>();
  let memoryBytesInUse = 0;
  let closed = false;

  function mayStart(job: Job): boolean {
    if (running.size >= concurrency) return false;
    return running.size === 0 || memoryBytesInUse + job.memoryBytes <= memoryBytesMax;
  }

  async function compute({ digest, secret }: Job): Promise<PoolAnswer> {
    const key = isScriptDigest(digest) ? await threads.derive(digest, secret) : await deriveNativeKey(digest, secret);
    return { kind: keyMatches(digest, key) ? 'match' : 'mismatch' };
  }

  function startWaiting(): void {
    for (let job = waiting[0]; job !== undefined && mayStart(job); job = waiting[0]) {
      waiting.shift();
      start(job);
    }
  }

  function start(job: Job): void {
    memoryBytesInUse += job.memoryBytes;
    const answer = compute(job);
    const done: Promise<void> = answer.then(
      () => release(),
      () => release(),
    );
    function release(): void {
      running.delete(done);
      memoryBytesInUse -= job.memoryBytes;
      startWaiting();
    }
    running.add(done);
    job.settle(answer);
  }

  return {
    async verify(digest, secret) {
      if (Buffer.byteLength(secret) > secretBytesMax) return { kind: 'mismatch' };
      if (closed) return busy('The digest pool is closed.');
      if (waiting.length >= queueMax)
        return busy(`${queueMax} digests are waiting already; more are refused until some are done.`);
      return new Promise((settle) => {
        waiting.push({ digest, secret, memoryBytes: memoryBytesOf(digest), settle });
        startWaiting();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0))
        job.settle(busy('The digest pool was closed before this digest had its turn.'));
      await Promise.all(running);
      await threads.close();
    },
  };
}

function busy(message: string): PoolBusy {
  return { kind: 'busy', cause: new DigestPoolFull(message) };
}

/** As many as there are cores, but one of libuv's threads is left for files and names. */
function defaultConcurrency(): number {
  const libuvThreads = Number(process.env.UV_THREADPOOL_SIZE ?? 4) || 4;
  return Math.max(1, Math.min(availableParallelism(), libuvThreads - 1));
}
