/** One word out of a few, and the nearest of them to a word that is none. */
import { type Outcome, refused, value } from './outcome.ts';

export function parseChoice<const T extends string>(text: string, choices: readonly T[]): Outcome<T> {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return value(found);
  const near = nearest(text, choices);
  const list = choices.map((choice) => (choice === '' ? 'nothing' : `'${choice}'`)).join(', ');
  return refused('is not one of the values of this key', `${near ? `Did you mean '${near}'? ` : ''}It takes ${list}.`);
}

/** The candidate that needs the fewest changes to become `text`, if those are few enough for a slip of the hand. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === '') continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), allowed);
    if (distance <= allowed && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}

const wordCharactersMax = 100;

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment); above `limit` any larger number. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit || a.length > wordCharactersMax) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
