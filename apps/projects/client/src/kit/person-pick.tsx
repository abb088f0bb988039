/** Picks one person, or nobody. */
import type { PersonRef } from '../../../wire/me.ts';
import { type PeopleOf, useSeekPeople } from '../api/seek-people.ts';
import { useSay } from '../words/say.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { pickedFirst, sayPeopleCut } from './people-cut.ts';
import { Pick } from './pick.tsx';

type PersonPickProps = {
  readonly label: string;
  /** Whose people are picked from. */
  readonly project: PeopleOf;
  readonly value: PersonRef | null;
  readonly onPick: (person: PersonRef | null) => void;
};

const nobody = 'nobody';

export function PersonPick({ label, project, value, onPick }: PersonPickProps) {
  const say = useSay();
  const { assignable, moreAssignable } = project;
  const seek = useSeekPeople(project.key, moreAssignable);
  const all = pickedFirst(assignable, value ? [value] : [], moreAssignable);
  const choices = [
    { id: nobody, name: say('Nobody') },
    ...all.map((person) => ({ id: person.id, name: person.name, sign: <Avatar person={person} /> })),
  ];
  return (
    <Pick
      label={label}
      choices={choices}
      note={sayPeopleCut(say, moreAssignable)}
      seek={seek}
      value={value?.id ?? nobody}
      onPick={(id) => onPick(all.find((person) => person.id === id) ?? null)}
    >
      {value ? <Avatar person={value} /> : <Icon name="people" />}
      {value ? value.name : <span className="pick-none">{say('Nobody')}</span>}
    </Pick>
  );
}
