/**
 * How far a project is and when it would end. The forecast is a straight line from the first to-do through today; on fewer
 * than ten done to-dos such a line says nothing, so there is none. Pure.
 */
import { addDays } from '../../wire/days.ts';
import type { ProjectProgress } from '../../wire/overview.ts';

export type Sums = {
  readonly to_dos: number;
  readonly done: number;
  /** To-dos with an effort, those of them that are done, and the sums of it; null when there are none. */
  readonly weighed: number;
  readonly weighed_done: number;
  readonly effort: number | null;
  readonly effort_done: number | null;
  readonly first_at: number | null;
};

export const doneMin = 10;
const dayMs = 86_400_000;
/** Further away than that, a forecast is only a number. */
const daysMax = 3_650;

export function forecast(sums: Sums, nowMs: number, today: string): ProjectProgress {
  const share = shareOf(sums);
  return { toDos: sums.to_dos, done: sums.done, share, endsOn: endsOn(sums, share, nowMs, today) };
}

/** By effort, a missing one counting as the average of the others; by number when nobody said any. */
function shareOf({ to_dos, done, weighed, weighed_done, effort, effort_done }: Sums): number | null {
  if (to_dos === 0) return null;
  if (weighed === 0 || !effort) return done / to_dos;
  const average = effort / weighed;
  const whole = effort + (to_dos - weighed) * average;
  const finished = (effort_done ?? 0) + (done - weighed_done) * average;
  return finished / whole;
}

function endsOn(sums: Sums, share: number | null, nowMs: number, today: string): string | null {
  if (share === null || share >= 1 || sums.done < doneMin || sums.first_at === null) return null;
  const elapsedMs = nowMs - sums.first_at;
  // Whole milliseconds first, so that a rounding error does not cost a day.
  const days = Math.ceil(Math.round(elapsedMs * (1 / share - 1)) / dayMs);
  return days > daysMax ? null : addDays(today, days);
}
