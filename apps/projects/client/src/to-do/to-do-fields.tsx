/** The small fields of a to-do, as they are picked both when it is made and later: status, priority, people. */

import type { PersonRef } from '../../../wire/me.ts';
import type { Status, StatusTone } from '../../../wire/project.ts';
import { type Priority, priorities } from '../../../wire/to-do.ts';
import { type PeopleOf, useSeekPeople } from '../api/seek-people.ts';
import { Avatar, Avatars } from '../kit/avatar.tsx';
import { Icon } from '../kit/icon.tsx';
import { pickedFirst, sayPeopleCut } from '../kit/people-cut.ts';
import { Pick, PickSeveral } from '../kit/pick.tsx';
import { useSay } from '../words/say.ts';
import { priorityName } from './names.ts';

export function Tone({ status }: { status: { readonly tone: StatusTone } }) {
  return <i className={`tone tone-${status.tone}`} aria-hidden="true" />;
}

type StatusPickProps = {
  readonly statuses: readonly Status[];
  readonly value: string;
  readonly onPick: (statusId: string) => void;
  readonly isDisabled?: boolean;
};

export function StatusPick({ statuses, value, onPick, isDisabled = false }: StatusPickProps) {
  const say = useSay();
  const current = statuses.find(({ id }) => id === value);
  const choices = statuses.map((status) => ({ id: status.id, name: status.name, sign: <Tone status={status} /> }));
  return (
    <Pick label={say('Status')} choices={choices} value={value} onPick={onPick} isDisabled={isDisabled}>
      {current && <Tone status={current} />}
      {current?.name ?? say('A former status')}
    </Pick>
  );
}

type PriorityPickProps = {
  readonly value: Priority | null;
  readonly onPick: (priority: Priority | null) => void;
  readonly isDisabled?: boolean;
};

export function PriorityPick({ value, onPick, isDisabled = false }: PriorityPickProps) {
  const say = useSay();
  const choices = [
    { id: 'none', name: say('No priority') },
    ...priorities.map((priority) => ({ id: String(priority), name: priorityName(say, priority) })),
  ];
  return (
    <Pick
      label={say('Priority')}
      choices={choices}
      value={value === null ? 'none' : String(value)}
      onPick={(id) => onPick(priorities.find((priority) => String(priority) === id) ?? null)}
      isDisabled={isDisabled}
    >
      <Icon name="flag" />
      {value === null ? <span className="pick-none">{say('No priority')}</span> : priorityName(say, value)}
    </Pick>
  );
}

type PeoplePickProps = {
  /** Whose people are picked from. */
  readonly project: PeopleOf;
  readonly value: readonly PersonRef[];
  readonly onPick: (people: PersonRef[]) => void;
  readonly isDisabled?: boolean;
};

export function PeoplePick({ project, value, onPick, isDisabled = false }: PeoplePickProps) {
  const say = useSay();
  const { assignable, moreAssignable } = project;
  const seek = useSeekPeople(project.key, moreAssignable);
  const all = pickedFirst(assignable, value, moreAssignable);
  const choices = all.map((person) => ({ id: person.id, name: person.name, sign: <Avatar person={person} /> }));
  return (
    <PickSeveral
      label={say('Given to')}
      choices={choices}
      note={sayPeopleCut(say, moreAssignable)}
      seek={seek}
      values={value.map(({ id }) => id)}
      onPick={(ids) => onPick(all.filter(({ id }) => ids.includes(id)))}
      isDisabled={isDisabled}
    >
      {value.length === 0 ? (
        <>
          <Icon name="people" />
          <span className="pick-none">{say('Nobody')}</span>
        </>
      ) : (
        <>
          <Avatars people={value} />
          <span className="people-names">
            {value.length === 1
              ? value[0]?.name
              : say('{count, plural, one {# person} other {# people}}', { count: value.length })}
          </span>
        </>
      )}
    </PickSeveral>
  );
}
