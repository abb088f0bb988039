/** Picks what a value of a file becomes: one of what its field can be in this project, or nothing. */
import type { CsvMeaningField } from '../../../wire/csv.ts';
import type { PersonRef } from '../../../wire/me.ts';
import type { Project } from '../../../wire/project.ts';
import { efforts, priorities, toDoTypes } from '../../../wire/to-do.ts';
import { useSeekPeople } from '../api/seek-people.ts';
import { Avatar } from '../kit/avatar.tsx';
import { pickedFirst, sayPeopleCut } from '../kit/people-cut.ts';
import { type Choice, Pick, type Seeking } from '../kit/pick.tsx';
import { useMilestones } from '../milestones/use-milestones.ts';
import { useSprints } from '../sprints/use-sprints.ts';
import { effortInWords, priorityName, typeName } from '../to-do/names.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';

type MeaningPickProps = {
  readonly label: string;
  readonly field: CsvMeaningField;
  readonly project: Project;
  /** Whom values mean, beside those whom the project brings. */
  readonly people: readonly PersonRef[];
  /** Null for nothing, undefined where that has to be chosen. */
  readonly value: string | null | undefined;
  readonly onPick: (to: string | null) => void;
};

export function MeaningPick({ field, ...props }: MeaningPickProps) {
  const say = useSay();
  switch (field) {
    case 'status':
      return (
        <AnyPick
          {...props}
          choices={props.project.statuses.map((status) => ({
            id: status.id,
            name: status.name,
            sign: <Tone status={status} />,
          }))}
        />
      );
    case 'type':
      return <AnyPick {...props} choices={toDoTypes.map((type) => ({ id: type, name: typeName(say, type) }))} />;
    case 'priority':
      return (
        <AnyPick
          {...props}
          nothing={say('No priority')}
          choices={priorities.map((each) => ({ id: String(each), name: priorityName(say, each) }))}
        />
      );
    case 'effort':
      return (
        <AnyPick
          {...props}
          nothing={say('No effort')}
          choices={efforts.map((each) => ({ id: String(each), name: effortInWords(say, each) }))}
        />
      );
    case 'assignees':
      return <AssigneePick {...props} />;
    case 'milestone':
      return <MilestonePick {...props} />;
    case 'sprint':
      return <SprintPick {...props} />;
  }
}

type FieldProps = Omit<MeaningPickProps, 'field'>;

function AssigneePick(props: FieldProps) {
  const say = useSay();
  const { assignable, moreAssignable, key } = props.project;
  const picked = props.people.filter(({ id }) => id === props.value);
  return (
    <AnyPick
      {...props}
      nothing={say('Nobody')}
      choices={pickedFirst(assignable, picked, moreAssignable).map((person) => ({
        id: person.id,
        name: person.name,
        sign: <Avatar person={person} />,
      }))}
      note={sayPeopleCut(say, moreAssignable)}
      seek={useSeekPeople(key, moreAssignable)}
    />
  );
}

function MilestonePick(props: FieldProps) {
  const say = useSay();
  const milestones = useMilestones(props.project.key).data?.milestones ?? [];
  const choices = milestones.map(({ id, title }) => ({ id, name: title }));
  return <AnyPick {...props} nothing={say('No milestone')} choices={choices} />;
}

/** A sprint that is closed is not offered, unless the file names it. */
function SprintPick(props: FieldProps) {
  const say = useSay();
  const sprints = useSprints(props.project.key).data?.sprints ?? [];
  const offered = sprints.filter(({ id, closedAt }) => closedAt === null || id === props.value);
  return <AnyPick {...props} nothing={say('No sprint')} choices={offered} />;
}

type AnyPickProps = Omit<FieldProps, 'project' | 'people'> & {
  readonly choices: readonly Choice<string>[];
  /** What nothing is called, where a to-do can do without. */
  readonly nothing?: string;
  readonly note?: string | undefined;
  readonly seek?: Seeking | undefined;
};

const none = 'none';

function AnyPick({ label, choices, nothing, note, seek, value, onPick }: AnyPickProps) {
  const say = useSay();
  const picked = choices.find(({ id }) => id === value);
  return (
    <Pick
      label={label}
      choices={nothing === undefined ? choices : [{ id: none, name: nothing }, ...choices]}
      note={note}
      seek={seek}
      value={value === null ? none : (value ?? '')}
      onPick={(id) => onPick(id === none ? null : id)}
    >
      {picked?.sign}
      {picked ? (
        picked.name
      ) : (
        <span className="pick-none">{value === undefined ? say('Choose') : (nothing ?? say('Choose'))}</span>
      )}
    </Pick>
  );
}
