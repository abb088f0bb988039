/**
 * A to-do that was not sent yet has no number. One below zero stands in, told by its creation key, so that it is the same
 * one after the page was loaded anew; what is done to such a to-do is sent under the number that it got meanwhile.
 */
import { marked } from '@gatehouse/words/say.ts';
import { ApiProblem } from './problem.ts';

const made = new Map<number, number>();

export function standInFor(creationKey: string): number {
  return -1 - Number.parseInt(creationKey.slice(0, 8), 16);
}

export function noteMade(creationKey: string, number: number): void {
  made.set(standInFor(creationKey), number);
}

/** The number it has, or what stands in for it still. */
export function numberNow(number: number): number {
  return made.get(number) ?? number;
}

/** Throws `ApiProblem` for a to-do that never came to be: its making was refused. */
export function numberToSend(number: number): number {
  const now = numberNow(number);
  if (now > 0) return now;
  throw new ApiProblem(404, {
    code: 'not_found',
    what: marked('This to-do was not made.'),
    why: marked('The server refused to make it.'),
    do: marked('Write it again.'),
  });
}
