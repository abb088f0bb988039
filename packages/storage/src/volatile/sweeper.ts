/**
 * Removes expired values now and then, in batches small enough that nobody waits for them. Correctness never depends on
 * it: an expired value is gone for its readers, swept or not.
 */
import type { Volatile } from './volatile.ts';

export type SweepLimits = {
  readonly rowsMax: number;
  /** So that a sweep after a long pause ends, too; the next interval goes on. */
  readonly batchesMax: number;
};

/** A hundred rows hold an SQLite file for about five milliseconds with a million rows in it. */
export const sweepLimits: SweepLimits = { rowsMax: 100, batchesMax: 1_000 };

/** Sweeps until nothing is left or the limits are reached; answers how many values went. */
export async function sweepExpired(
  volatile: Pick<Volatile, 'sweep'>,
  limits: SweepLimits = sweepLimits,
): Promise<number> {
  let removed = 0;
  for (let batch = 0; batch < limits.batchesMax; batch += 1) {
    const went = await volatile.sweep(limits.rowsMax);
    removed += went;
    if (went < limits.rowsMax) break;
    // Requests that arrived meanwhile go first.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return removed;
}

export type SweeperOptions = {
  readonly intervalMs: number;
  readonly onSwept?: (removed: number) => void;
  /** A sweep that fails is reported here and tried again at the next interval. */
  readonly onFailure: (cause: unknown) => void;
};

/** The timer keeps no process alive. `stop` waits for a sweep under way. */
export function startSweeper(volatile: Volatile, options: SweeperOptions): { stop(): Promise<void> } {
  let underWay: Promise<void> | undefined;

  async function sweep(): Promise<void> {
    try {
      const removed = await sweepExpired(volatile);
      options.onSwept?.(removed);
    } catch (cause) {
      options.onFailure(cause);
    } finally {
      underWay = undefined;
    }
  }

  const timer = setInterval(() => {
    underWay ??= sweep();
  }, options.intervalMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
