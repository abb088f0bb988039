/**
 * How a rate is measured: warm up, then count completed calls over a fixed time, several rounds, and take the median. The
 * machine is shared and noisy, so what is promised is a ratio of two rates measured in one run, never a rate.
 */

export type Rate = { readonly perSecond: number; readonly rounds: readonly number[] };

/** Calls `work` with `concurrency` callers at once. `work` is one unit; it must do real work and fail loudly. */
export async function rate(
  work: () => Promise<unknown> | unknown,
  options: { concurrency?: number; warmMs?: number; roundMs?: number; rounds?: number } = {},
): Promise<Rate> {
  const { concurrency = 1, warmMs = 500, roundMs = 1500, rounds = 3 } = options;
  await runFor(work, concurrency, warmMs);
  const results: number[] = [];
  for (let round = 0; round < rounds; round++) results.push(await runFor(work, concurrency, roundMs));
  return { perSecond: median(results), rounds: results };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  const low = sorted.length % 2 === 0 ? sorted[middle - 1] : high;
  if (high === undefined || low === undefined) throw new TypeError('a median needs at least one value');
  return (high + low) / 2;
}

async function runFor(work: () => Promise<unknown> | unknown, concurrency: number, ms: number): Promise<number> {
  const start = performance.now();
  let done = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return (done * 1000) / (performance.now() - start);
}
