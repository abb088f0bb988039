/** Picks one person, or nobody. */
import type { PersonRef } from '../../../wire/me.ts';
import { useSay } from '../words/say.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { Pick } from './pick.tsx';

type PersonPickProps = {
  readonly label: string;
  readonly people: readonly PersonRef[];
  readonly value: PersonRef | null;
  readonly onPick: (person: PersonRef | null) => void;
};

const nobody = 'nobody';

export function PersonPick({ label, people, value, onPick }: PersonPickProps) {
  const say = useSay();
  const all = value && !people.some(({ id }) => id === value.id) ? [...people, value] : people;
  const choices = [
    { id: nobody, name: say('Nobody') },
    ...all.map((person) => ({ id: person.id, name: person.name, sign: <Avatar person={person} /> })),
  ];
  return (
    <Pick
      label={label}
      choices={choices}
      value={value?.id ?? nobody}
      onPick={(id) => onPick(all.find((person) => person.id === id) ?? null)}
    >
      {value ? <Avatar person={value} /> : <Icon name="people" />}
      {value ? value.name : <span className="pick-none">{say('Nobody')}</span>}
    </Pick>
  );
}
