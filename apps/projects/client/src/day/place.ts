/** Where planned hours stand in the column of a day: steps, room beside one another, the next gap. Pure. */
import { dayMinutes } from '../../../wire/day-plan.ts';
import type { Effort } from '../../../wire/to-do.ts';

/** By pointer and by keys. */
export const stepMinutes = 15;

export type Stretch = { readonly startMinute: number; readonly minutes: number };
export const endOf = ({ startMinute, minutes }: Stretch): number => startMinute + minutes;

export function snap(minute: number): number {
  return Math.round(minute / stepMinutes) * stepMinutes;
}

/** Begins elsewhere, still within the day. */
export function startAt({ minutes }: Stretch, startMinute: number): Stretch {
  return { startMinute: Math.max(0, Math.min(startMinute, dayMinutes - minutes)), minutes };
}

/** Ends elsewhere: at least one step long, and not beyond midnight. */
export function last({ startMinute }: Stretch, minutes: number): Stretch {
  return { startMinute, minutes: Math.max(stepMinutes, Math.min(minutes, dayMinutes - startMinute)) };
}

type Sized = { readonly plannedHours: number | null; readonly effort: Effort | null };

/** How long a to-do is planned at first: as was said, at most half a day at once; else a quarter of an hour for small things, an hour for others. */
export function minutesFor({ plannedHours, effort }: Sized): number {
  if (plannedHours) return Math.max(stepMinutes, Math.min(240, snap(plannedHours * 60)));
  return effort === 0.5 ? stepMinutes : 60;
}

export type Placed<Block> = { readonly block: Block; readonly column: number; readonly columns: number };

/** What overlaps stands side by side; every block of such a group is equally wide. */
export function layOut<Block extends Stretch>(blocks: readonly Block[]): Placed<Block>[] {
  const inOrder = blocks.toSorted((a, b) => a.startMinute - b.startMinute || b.minutes - a.minutes);
  const placed: Placed<Block>[] = [];
  let group: { block: Block; column: number }[] = [];
  let groupEnd = 0;
  const close = (): void => {
    const columns = Math.max(0, ...group.map(({ column }) => column)) + 1;
    placed.push(...group.map((each) => ({ ...each, columns })));
    group = [];
  };
  for (const block of inOrder) {
    if (block.startMinute >= groupEnd) close();
    const taken = new Set(group.filter((each) => endOf(each.block) > block.startMinute).map(({ column }) => column));
    let column = 0;
    while (taken.has(column)) column++;
    group.push({ block, column });
    groupEnd = Math.max(groupEnd, endOf(block));
  }
  close();
  return placed;
}

/** The first gap of that length from `fromMinute` on; null when the rest of the day has none. */
export function nextFree(blocks: readonly Stretch[], fromMinute: number, minutes: number): number | null {
  let start = Math.ceil(fromMinute / stepMinutes) * stepMinutes;
  for (const block of blocks.toSorted((a, b) => a.startMinute - b.startMinute)) {
    if (block.startMinute >= start + minutes) break;
    start = Math.max(start, Math.ceil(endOf(block) / stepMinutes) * stepMinutes);
  }
  return start + minutes <= dayMinutes ? start : null;
}
