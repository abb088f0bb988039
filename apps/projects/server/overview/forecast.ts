/**
 * How far a project is and when it would end. The forecast is a straight line from the first to-do through today; on fewer
 * than ten done to-dos such a line says nothing, so there is none. Pure.
 */
import { addDays } from '../../wire/days.ts';
import type { ProjectProgress } from '../../wire/overview.ts';
import type { Counted } from '../to-dos/counted.ts';

/** What they weigh is their effort. */
export type Sums = Counted;

export const doneMin = 10;
const dayMs = 86_400_000;
/** Further away than that, a forecast is only a number. */
const daysMax = 3_650;

/** `firstAtMs`: when the first to-do was made; null without any. */
export function forecast(sums: Sums, firstAtMs: number | null, nowMs: number, today: string): ProjectProgress {
  const share = shareOf(sums);
  return { toDos: sums.to_dos, done: sums.done, share, endsOn: endsOn(sums, firstAtMs, share, nowMs, today) };
}

/** By effort, a missing one counting as the average of the others; by number when nobody said any. */
export function shareOf(sums: Sums): number | null {
  const { to_dos, done, parts, parts_done, weighed, weighed_done, weight, weight_done } = sums;
  if (to_dos === 0) return null;
  // Fractions may add up to a little less than the whole.
  if (done === to_dos) return 1;
  if (weighed === 0 || weight === 0) return parts_done / parts;
  const average = weight / weighed;
  const whole = weight + (parts - weighed) * average;
  const finished = weight_done + (parts_done - weighed_done) * average;
  return finished / whole;
}

function endsOn(
  sums: Sums,
  firstAtMs: number | null,
  share: number | null,
  nowMs: number,
  today: string,
): string | null {
  if (share === null || share >= 1 || sums.done < doneMin || firstAtMs === null) return null;
  const elapsedMs = nowMs - firstAtMs;
  // Whole milliseconds first, so that a rounding error does not cost a day.
  const days = Math.ceil(Math.round(elapsedMs * (1 / share - 1)) / dayMs);
  return days > daysMax ? null : addDays(today, days);
}
