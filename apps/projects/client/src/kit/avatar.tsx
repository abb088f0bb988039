/** A person in a circle: their initials, and their whole name for who asks. */

import type { PersonRef } from '../../../wire/me.ts';
import { useSay } from '../words/say.ts';

export function Avatar({ person }: { person: PersonRef }) {
  return (
    <span className={`avatar avatar-${toneOf(person.id)}`} title={person.name} aria-hidden="true">
      {initialsOf(person.name)}
    </span>
  );
}

const shownMax = 3;

export function Avatars({ people }: { people: readonly PersonRef[] }) {
  const say = useSay();
  if (people.length === 0) return null;
  return (
    <span
      className="avatars"
      role="img"
      aria-label={say('Given to {people}', { people: people.map(({ name }) => name).join(', ') })}
    >
      {people.slice(0, shownMax).map((person) => (
        <Avatar key={person.id} person={person} />
      ))}
      {people.length > shownMax && (
        <span className="avatar" aria-hidden="true">
          +{people.length - shownMax}
        </span>
      )}
    </span>
  );
}

const tones = 8;

/** The same person has the same colour everywhere, whoever else is there. */
function toneOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 43 + (letter.codePointAt(0) ?? 0)) % 100_003;
  return sum % tones;
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ([...(words[0] ?? '')][1] ?? '');
  return (first + last).toUpperCase();
}
