/** What a list of people that is not whole says, and in which order it stands. */
import type { PersonRef } from '../../../wire/me.ts';
import type { Say } from '../words/say.ts';

/** Undefined where nothing is left out. */
export function sayPeopleCut(say: Say, more: boolean): string | undefined {
  return more ? say('Not everybody is listed. Type a name to find the others.') : undefined;
}

/** Whoever is picked is in it, and before the others where it is long. */
export function pickedFirst(
  people: readonly PersonRef[],
  picked: readonly PersonRef[],
  isLong: boolean,
): readonly PersonRef[] {
  const isPicked = ({ id }: PersonRef): boolean => picked.some((person) => person.id === id);
  if (isLong) return [...picked, ...people.filter((person) => !isPicked(person))];
  return [...people, ...picked.filter(({ id }) => !people.some((person) => person.id === id))];
}
