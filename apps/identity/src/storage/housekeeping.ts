/**
 * Now and then removes durable rows that have served: old attempts, ended bans, full counters, spent time steps,
 * refusals of long ago. In small
 * batches, so that nobody waits for them; correctness never depends on it.
 */
import type { Log } from '@gatehouse/web/log.ts';
import { type Rounds, startRounds } from './rounds.ts';

export type Sweepable = { sweep(rowsMax: number): Promise<number> };

const intervalMs = 10 * 60_000;
const rowsMax = 500;

export function startHousekeeping(parts: {
  readonly rooms: readonly Sweepable[];
  readonly log: Pick<Log, 'error'>;
}): Rounds {
  const { rooms, log } = parts;
  return startRounds({
    intervalMs,
    async work() {
      for (const each of rooms) await each.sweep(rowsMax);
    },
    onFailure: (cause) => log.error({ err: cause }, 'Old rows could not be removed; tried again in ten minutes'),
  });
}
