/**
 * What a workspace that is measured looks like: when everything in it was, and for each to-do, by its number alone, whose it
 * is, how far it came and where it belongs. So whoever writes about one, or asks for one, knows it without looking.
 */
import { defaultStatuses } from '../apps/projects/server/projects/schema.ts';

/** A project of it, and who may have part in it. */
export type Placed = {
  /** Its id as well. */
  readonly key: string;
  readonly index: number;
  readonly people: readonly string[];
  readonly toDos: number;
};

export const dayMs = 86_400_000;
/** In use for so long that everything has a past, and nothing is old enough to be cleared away. */
export const daysOfUse = 300;
export const todayMs = Math.floor(Date.now() / dayMs) * dayMs;
export const beganAtMs = todayMs - daysOfUse * dayMs;

export const milestonesEach = 12;
export const sprintsEach = 20;
export const sprintDays = 14;

/** A day, `YYYY-MM-DD`, so many days from today. */
export function dayFromToday(days: number): string {
  return new Date(todayMs + days * dayMs).toISOString().slice(0, 10);
}

/** By pairs: every other to-do is done, and nobody is to have only those. */
export function holderOf(number: number, people: readonly string[]): string {
  return people[Math.floor(number / 2) % people.length] ?? '';
}

/** Half of them, as in any project that has run for a while. */
export const isDone = (number: number): boolean => number % 2 === 0;

/** Its place among the default columns: the open ones are spread over all but the last. */
export function columnOf(number: number): number {
  return isDone(number) ? defaultStatuses.length - 1 : ((number - 1) / 2) % (defaultStatuses.length - 1);
}

/** They were made one after the other; the last a month ago, so that what is done was done since. */
export function madeAtMs(number: number, { toDos }: Placed): number {
  return beganAtMs + Math.floor((number / toDos) * (daysOfUse - 30)) * dayMs;
}

export function doneAtMs(number: number, place: Placed): number {
  return madeAtMs(number, place) + (1 + (number % 28)) * dayMs;
}

/** Two fifths belong to one. */
export function milestoneOf(number: number, { key, toDos }: Placed): string | null {
  return number % 5 < 2 ? `${key}-milestone-${Math.floor((number * milestonesEach) / (toDos + 1))}` : null;
}

/** Of what is done, two thirds were in one; what is open is in the last two or waits in the backlog. */
export function sprintOf(number: number, { key, toDos }: Placed): string | null {
  const index = Math.floor((number * sprintsEach) / (toDos + 1));
  const isIn = isDone(number) ? number % 3 !== 0 : index >= sprintsEach - 2;
  return isIn ? `${key}-sprint-${index}` : null;
}

/** What is said on it: something on every fourth, one to seven comments, and on every 400th a long talk. */
export function commentsOn(number: number): number {
  if (number % 400 === 0) return 100;
  return number % 4 === 0 ? 1 + ((number / 4) % 7) : 0;
}

/** As many as a to-do has lines of history: it was made, then came what `workspace-talk.ts` writes down. */
export function versionOf(number: number, place: Placed): number {
  return 3 + (columnOf(number) > 0 ? 1 : 0) + (isDone(number) ? 1 : 0) + (sprintOf(number, place) === null ? 0 : 1);
}
