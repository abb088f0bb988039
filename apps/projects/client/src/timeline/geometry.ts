/** Where days stand on the timeline: which stretch is shown, how wide a day is, and the marks of its scale. Pure. */
import { addDays, type Day, daysBetween, weekdayOf } from '../../../wire/days.ts';

export const zooms = ['day', 'week', 'month'] as const;
export type Zoom = (typeof zooms)[number];

/** Pixels a day. */
export const dayWidths: Readonly<Record<Zoom, number>> = { day: 36, week: 14, month: 5 };

/** A milestone may lie years away; further than this the timeline is not drawn. */
const daysMax = 3_660;

export type Span = { readonly startOn: Day; readonly endOn: Day };
export type Scale = { readonly from: Day; readonly days: number; readonly dayWidth: number };

/** From some time before the first thing to some time after the last, whole months, today always within. */
export function scaleOf(spans: readonly Span[], today: Day, zoom: Zoom): Scale {
  const first = [today, ...spans.map(({ startOn }) => startOn)].sort()[0] ?? today;
  const last = [today, ...spans.map(({ endOn }) => endOn)].sort().at(-1) ?? today;
  const from = `${addDays(first, -14).slice(0, 7)}-01`;
  const days = Math.min(daysBetween(from, addDays(last, 90)), daysMax);
  return { from, days, dayWidth: dayWidths[zoom] };
}

export function xOf({ from, dayWidth }: Scale, day: Day): number {
  return daysBetween(from, day) * dayWidth;
}

export function widthOf({ dayWidth }: Scale, { startOn, endOn }: Span): number {
  return (daysBetween(startOn, endOn) + 1) * dayWidth;
}

export type Mark = { readonly day: Day; readonly x: number; readonly width: number };

/** The first of each month. */
export function monthMarks(scale: Scale): Mark[] {
  const end = addDays(scale.from, scale.days);
  const marks: Mark[] = [];
  for (let day = scale.from; day < end; ) {
    const next = `${addDays(day, 32).slice(0, 7)}-01`;
    marks.push({ day, x: xOf(scale, day), width: daysBetween(day, next < end ? next : end) * scale.dayWidth });
    day = next;
  }
  return marks;
}

/** Each day, or the first of each week; none where even weeks would stand too close. */
export function smallMarks(scale: Scale, zoom: Zoom, firstWeekday = 1): Mark[] {
  if (zoom === 'month') return [];
  const step = zoom === 'day' ? 1 : 7;
  const first = zoom === 'day' ? 0 : (firstWeekday + 7 - weekdayOf(scale.from)) % 7;
  const count = Math.ceil((scale.days - first) / step);
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(scale.from, first + index * step);
    return { day, x: xOf(scale, day), width: step * scale.dayWidth };
  });
}

/** What a drag by that many days does: to the whole bar, or to one end, which never passes the other. */
export function shift({ startOn, endOn }: Span, part: 'whole' | 'start' | 'end', days: number): Span {
  if (part === 'whole') return { startOn: addDays(startOn, days), endOn: addDays(endOn, days) };
  if (part === 'start') {
    const moved = addDays(startOn, days);
    return { startOn: moved > endOn ? endOn : moved, endOn };
  }
  const moved = addDays(endOn, days);
  return { startOn, endOn: moved < startOn ? startOn : moved };
}
