/** The rows of one group of the table. Each field is changed where it stands; the title leads to the whole to-do. */
import { memo, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { dayOf } from '../../../wire/days.ts';
import type { Project } from '../../../wire/project.ts';
import { type Card, type EditToDoRequest, efforts } from '../../../wire/to-do.ts';
import { useEditToDo } from '../api/changes.ts';
import { Pick } from '../kit/pick.tsx';
import { showProblem } from '../kit/toast.tsx';
import { toDoPath, useOver } from '../shell/places.ts';
import { DuePick } from '../to-do/due-pick.tsx';
import { DueWords } from '../to-do/due-words.tsx';
import { effortName, typeName } from '../to-do/names.ts';
import { PeoplePick, PriorityPick, StatusPick } from '../to-do/to-do-fields.tsx';
import { useSelection } from '../views/selection.tsx';
import type { Column } from '../views/sort.ts';
import type { Named, Places } from '../views/use-places.ts';
import { useSay } from '../words/say.ts';
import { useGrowing } from './growing.ts';

type GroupProps = {
  readonly project: Project;
  /** Empty where there is one group only. */
  readonly name: string;
  readonly cards: readonly Card[];
  readonly columns: readonly Column[];
  readonly places: Places;
};

export function TableGroup({ project, name, cards, columns, places }: GroupProps) {
  const { shown, sentinel } = useGrowing(cards);
  const { numbers, toggle } = useSelection();
  const over = useOver();
  const width = columns.length + (project.may.editToDo ? 1 : 0);
  return (
    <>
      <tbody>
        {name !== '' && (
          <tr className="table-group">
            <th scope="rowgroup" colSpan={width}>
              {name} <em>{cards.length}</em>
            </th>
          </tr>
        )}
        {shown.map((card) => (
          <TableRow
            key={card.number}
            card={card}
            project={project}
            columns={columns}
            places={places}
            over={over}
            isSelected={numbers.has(card.number)}
            onToggle={toggle}
          />
        ))}
      </tbody>
      <tbody aria-hidden="true">
        <tr>
          <td colSpan={width} className="table-sentinel">
            <div ref={sentinel} />
          </td>
        </tr>
      </tbody>
    </>
  );
}

type RowProps = {
  readonly card: Card;
  readonly project: Project;
  readonly columns: readonly Column[];
  readonly places: Places;
  readonly over: string;
  readonly isSelected: boolean;
  readonly onToggle: (number: number) => void;
};

const TableRow = memo(function TableRow({ card, project, columns, places, over, isSelected, onToggle }: RowProps) {
  const say = useSay();
  const id = `${card.projectKey}-${card.number}`;
  return (
    <tr data-roam className={isSelected ? 'table-row table-row-selected' : 'table-row'}>
      {project.may.editToDo && (
        <td className="cell-select">
          <input
            type="checkbox"
            aria-label={say('Select {id}', { id })}
            checked={isSelected}
            onChange={() => onToggle(card.number)}
          />
        </td>
      )}
      {columns.map((column) =>
        column === 'title' ? (
          <th key={column} scope="row" className="cell-title">
            <Link to={toDoPath(card.projectKey, card.number)} state={{ over }}>
              {card.title}
            </Link>
          </th>
        ) : (
          <td key={column} className={`cell-${column}`}>
            <Cell column={column} card={card} project={project} places={places} />
          </td>
        ),
      )}
    </tr>
  );
});

type CellProps = Pick<RowProps, 'card' | 'project' | 'places'> & { readonly column: Exclude<Column, 'title'> };

function Cell({ column, card, project, places }: CellProps): ReactNode {
  const say = useSay();
  const edit = useEditToDo();
  const isDisabled = !project.may.editToDo;
  const save = (change: Omit<EditToDoRequest, 'version'>): void =>
    edit.mutate(
      { key: card.projectKey, number: card.number, request: { version: card.version, ...change } },
      { onError: showProblem },
    );
  switch (column) {
    case 'number':
      return `${card.projectKey}-${card.number}`;
    case 'status':
      return (
        <StatusPick
          statuses={project.statuses}
          value={card.statusId}
          onPick={(statusId) => save({ statusId })}
          isDisabled={isDisabled}
        />
      );
    case 'priority':
      return <PriorityPick value={card.priority} onPick={(priority) => save({ priority })} isDisabled={isDisabled} />;
    case 'people':
      return (
        <PeoplePick
          people={project.assignable}
          value={card.assignees}
          onPick={(people) => save({ assigneeIds: people.map(({ id }) => id) })}
          isDisabled={isDisabled}
        />
      );
    case 'due':
      return <DuePick value={card.dueOn} onPick={(dueOn) => save({ dueOn })} isDisabled={isDisabled} />;
    case 'effort':
      return <EffortCell card={card} isDisabled={isDisabled} onPick={(effort) => save({ effort })} />;
    case 'planned':
      return (
        <HoursCell
          hours={card.plannedHours}
          isDisabled={isDisabled}
          onHours={(plannedHours) => save({ plannedHours })}
        />
      );
    case 'remaining':
      return (
        <HoursCell
          hours={card.remainingHours}
          isDisabled={isDisabled}
          onHours={(remainingHours) => save({ remainingHours })}
        />
      );
    case 'type':
      return typeName(say, card.type);
    case 'tags':
      return card.tags.map((tag) => (
        <span key={tag.id} className={`tag tag-${tag.tone}`}>
          {tag.name}
        </span>
      ));
    case 'milestone':
      return nameOf(places.milestones, card.milestoneId);
    case 'sprint':
      return nameOf(places.sprints, card.sprintId);
    case 'work':
      return <WorkWords card={card} />;
    case 'subtasks':
      return card.subtasks.total === 0 ? '' : `${card.subtasks.done}/${card.subtasks.total}`;
  }
}

function nameOf(all: readonly Named[], id: string | null): string {
  return all.find((each) => each.id === id)?.name ?? '';
}

function WorkWords({ card: { workStartOn, workEndOn } }: { card: Card }) {
  const today = dayOf(new Date());
  return (
    <>
      {workStartOn && <DueWords day={workStartOn} today={today} done />}
      {workEndOn && workEndOn !== workStartOn && (
        <>
          {' – '}
          <DueWords day={workEndOn} today={today} done />
        </>
      )}
    </>
  );
}

type EffortProps = {
  readonly card: Card;
  readonly isDisabled: boolean;
  readonly onPick: (effort: Card['effort']) => void;
};

function EffortCell({ card: { effort }, isDisabled, onPick }: EffortProps) {
  const say = useSay();
  return (
    <Pick
      label={say('Effort')}
      choices={[
        ...efforts.map((each) => ({ id: String(each), name: effortName(say, each) })),
        { id: 'none', name: say('No effort') },
      ]}
      value={effort === null ? 'none' : String(effort)}
      onPick={(id) => onPick(efforts.find((each) => String(each) === id) ?? null)}
      isDisabled={isDisabled}
    >
      {effort === null ? <span className="pick-none">{say('No effort')}</span> : effortName(say, effort)}
    </Pick>
  );
}

type HoursProps = {
  readonly hours: number | null;
  readonly isDisabled: boolean;
  readonly onHours: (hours: number | null) => void;
};

/** Saved when the field is left or Enter is pressed; Esc puts the old value back. */
function HoursCell({ hours, isDisabled, onHours }: HoursProps) {
  const say = useSay();
  const [text, setText] = useState<string>();
  const shown = text ?? (hours === null ? '' : String(hours));
  function finish(): void {
    setText(undefined);
    if (text === undefined) return;
    const typed = text.trim().replace(',', '.');
    const value = typed === '' ? null : Number(typed);
    if (value !== hours && (value === null || (value >= 0 && value <= 10_000))) onHours(value);
  }
  return (
    <input
      className="hours-input"
      inputMode="decimal"
      aria-label={say('Hours')}
      value={shown}
      maxLength={8}
      disabled={isDisabled}
      onChange={(event) => setText(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setText(undefined);
      }}
    />
  );
}
