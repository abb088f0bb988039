/** The burndown by days of the reader's own clock: what was left at the end of each. Pure. */
import { addDays, type Day, dayOf } from '../../../wire/days.ts';
import type { BurndownPoint } from '../../../wire/sprint.ts';

export type BurndownDay = { readonly day: Day; readonly toDos: number; readonly effort: number };

/** From the first day that something was in it to the last, or to today when that comes sooner; nothing before the sprint begins. */
export function burndownDays(
  points: readonly BurndownPoint[],
  { startOn, endOn }: { readonly startOn: Day; readonly endOn: Day },
  today: Day,
): BurndownDay[] {
  const last = endOn < today ? endOn : today;
  const dated = points.map((point) => ({ ...point, day: dayOf(new Date(point.at)) }));
  const days: BurndownDay[] = [];
  for (let day = startOn; day <= last; day = addDays(day, 1)) {
    const known = dated.findLast((point) => point.day <= day);
    if (known) days.push({ day, toDos: known.toDos, effort: known.effort });
  }
  return days;
}
