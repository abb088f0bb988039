/**
 * Removes expired values now and then, in batches small enough that nobody waits for them. Correctness never depends on
 * it: an expired value is gone for its readers, swept or not.
 */
import { othersFirst } from '../others-first.ts';
import { type Rounds, startRounds } from '../rounds.ts';
import type { Volatile } from './volatile.ts';

export type SweepLimits = {
  readonly rowsMax: number;
  /** So that a sweep after a long pause ends, too; the next interval goes on. */
  readonly batchesMax: number;
};

/** A hundred rows hold an SQLite file for about five milliseconds with a million rows in it. */
export const sweepLimits: SweepLimits = { rowsMax: 100, batchesMax: 1_000 };

/** Sweeps until nothing is left, the limits are reached or it is told to stop; answers how many values went. */
export async function sweepExpired(
  volatile: Pick<Volatile, 'sweep'>,
  limits: SweepLimits = sweepLimits,
  stopped?: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (let batch = 0; batch < limits.batchesMax; batch += 1) {
    const went = await volatile.sweep(limits.rowsMax);
    removed += went;
    if (went < limits.rowsMax) break;
    await othersFirst();
    if (stopped?.aborted) break;
  }
  return removed;
}

export type SweeperOptions = {
  readonly intervalMs: number;
  readonly onSwept?: (removed: number) => void;
  /** A sweep that fails is reported here and tried again at the next interval. */
  readonly onFailure: (cause: unknown) => void;
};

export function startSweeper(volatile: Volatile, { intervalMs, onSwept, onFailure }: SweeperOptions): Rounds {
  return startRounds({
    intervalMs,
    async work(stopped) {
      const removed = await sweepExpired(volatile, sweepLimits, stopped);
      onSwept?.(removed);
    },
    onFailure,
  });
}
