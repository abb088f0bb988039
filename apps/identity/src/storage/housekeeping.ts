/**
 * Now and then removes durable rows that have served: old attempts, ended bans, full counters, spent time steps,
 * refusals of long ago. In small
 * batches, so that nobody waits for them; correctness never depends on it.
 */
import type { Log } from '@gatehouse/web/log.ts';

export type Sweepable = { sweep(rowsMax: number): Promise<number> };

const intervalMs = 10 * 60_000;
const rowsMax = 500;

/** The timer keeps no process alive. `stop` waits for a round under way. */
export function startHousekeeping(parts: { readonly rooms: readonly Sweepable[]; readonly log: Pick<Log, 'error'> }): {
  stop(): Promise<void>;
} {
  const { rooms, log } = parts;
  let underWay: Promise<void> | undefined;

  async function round(): Promise<void> {
    try {
      for (const each of rooms) await each.sweep(rowsMax);
    } catch (cause) {
      log.error({ err: cause }, 'Old rows could not be removed; tried again in ten minutes');
    } finally {
      underWay = undefined;
    }
  }

  const timer = setInterval(() => {
    underWay ??= round();
  }, intervalMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
