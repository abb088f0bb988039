/** The small fields of a to-do, as they are picked both when it is made and later: status, priority, people. */
import type { PersonRef } from '../../../wire/me.ts';
import type { Status, StatusTone } from '../../../wire/project.ts';
import { type Priority, priorities, priorityNames } from '../../../wire/to-do.ts';
import { Avatar, Avatars } from '../kit/avatar.tsx';
import { Icon } from '../kit/icon.tsx';
import { Pick, PickSeveral } from '../kit/pick.tsx';

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
  const current = statuses.find(({ id }) => id === value);
  const choices = statuses.map((status) => ({ id: status.id, name: status.name, sign: <Tone status={status} /> }));
  return (
    <Pick label="Status" choices={choices} value={value} onPick={onPick} isDisabled={isDisabled}>
      {current && <Tone status={current} />}
      {current?.name ?? 'A former status'}
    </Pick>
  );
}

type PriorityPickProps = {
  readonly value: Priority | null;
  readonly onPick: (priority: Priority | null) => void;
  readonly isDisabled?: boolean;
};

export function PriorityPick({ value, onPick, isDisabled = false }: PriorityPickProps) {
  const choices = [
    { id: 'none', name: 'No priority' },
    ...priorities.map((priority) => ({ id: String(priority), name: priorityNames[priority] })),
  ];
  return (
    <Pick
      label="Priority"
      choices={choices}
      value={value === null ? 'none' : String(value)}
      onPick={(id) => onPick(priorities.find((priority) => String(priority) === id) ?? null)}
      isDisabled={isDisabled}
    >
      <Icon name="flag" />
      {value === null ? <span className="pick-none">No priority</span> : priorityNames[value]}
    </Pick>
  );
}

type PeoplePickProps = {
  readonly people: readonly PersonRef[];
  readonly value: readonly PersonRef[];
  readonly onPick: (people: PersonRef[]) => void;
  readonly isDisabled?: boolean;
};

export function PeoplePick({ people, value, onPick, isDisabled = false }: PeoplePickProps) {
  const gone = value.filter(({ id }) => !people.some((person) => person.id === id));
  const all = [...people, ...gone];
  const choices = all.map((person) => ({ id: person.id, name: person.name, sign: <Avatar person={person} /> }));
  return (
    <PickSeveral
      label="Given to"
      choices={choices}
      values={value.map(({ id }) => id)}
      onPick={(ids) => onPick(all.filter(({ id }) => ids.includes(id)))}
      isDisabled={isDisabled}
    >
      {value.length === 0 ? (
        <>
          <Icon name="people" />
          <span className="pick-none">Nobody</span>
        </>
      ) : (
        <>
          <Avatars people={value} />
          {value.length === 1 ? value[0]?.name : `${value.length} people`}
        </>
      )}
    </PickSeveral>
  );
}
