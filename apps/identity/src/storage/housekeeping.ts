/**
 * Now and then removes durable rows that have served: old attempts, ended bans, full counters, spent time steps, grants that
 * ran out, refusals of long ago. In small batches, so that nobody waits for them; correctness never depends on it.
 */

import { type Rounds, startRounds } from '@gatehouse/storage/rounds.ts';
import { sweepExpired, sweepLimits } from '@gatehouse/storage/volatile/sweeper.ts';
import type { Log } from '@gatehouse/web/log.ts';

export type Sweepable = { sweep(rowsMax: number): Promise<number> };

const intervalMs = 10 * 60_000;

export function startHousekeeping(parts: {
  readonly rooms: readonly Sweepable[];
  readonly log: Pick<Log, 'error'>;
}): Rounds {
  const { rooms, log } = parts;
  return startRounds({
    intervalMs,
    work: (stopped) => keepHouse(rooms, stopped),
    onFailure: (cause) => log.error({ err: cause }, 'Old rows could not be removed; tried again in ten minutes'),
  });
}

/** Until nothing is left: a busy house writes more rows between two rounds than one batch holds. */
export async function keepHouse(rooms: readonly Sweepable[], stopped?: AbortSignal): Promise<void> {
  for (const room of rooms) if (!stopped?.aborted) await sweepExpired(room, sweepLimits, stopped);
}
