/** The same to-dos as lines under each other, a heading a group: denser than the board, and easy to read on a phone. */
import { memo, useMemo } from 'react';
import type { Project, Status } from '../../../wire/project.ts';
import type { BoardAnswer, BoardColumn, Card } from '../../../wire/to-do.ts';
import { Avatars } from '../kit/avatar.tsx';
import { useToday } from '../kit/clock.ts';
import { StayInList } from '../kit/stay-in-list.tsx';
import { firstWeekday } from '../kit/week.ts';
import { useOver } from '../shell/places.ts';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { useComplete } from '../to-do/complete.ts';
import { DueWords } from '../to-do/due-words.tsx';
import { priorityName } from '../to-do/names.ts';
import { PartOf } from '../to-do/part-of.tsx';
import { RowMore } from '../to-do/row-more.tsx';
import { Tone } from '../to-do/to-do-fields.tsx';
import { laneName } from '../views/field-names.ts';
import { passes } from '../views/filter.ts';
import { FilterBar } from '../views/filter-bar.tsx';
import { type Lane, lanesOf } from '../views/lanes.ts';
import { SelectionProvider, useSelection } from '../views/selection.tsx';
import { SelectionBar } from '../views/selection-bar.tsx';
import { usePlaces } from '../views/use-places.ts';
import { useView } from '../views/use-view.ts';
import { useSay } from '../words/say.ts';
import { AddToColumn } from './add-to-column.tsx';
import { useGrowing } from './growing.ts';
import { ShowMore } from './show-more.tsx';

export function List({ project, board }: { project: Project; board: BoardAnswer }) {
  const say = useSay();
  const view = useView(project.key, 'list');
  const { filter, grouping } = view;
  const today = useToday();
  const weekday = firstWeekday();
  const cards = useMemo(() => board.columns.flatMap((column) => column.cards), [board]);
  const places = usePlaces(project, cards);
  const shown = useMemo(() => cards.filter(passes(filter, today, weekday)), [cards, filter, today, weekday]);
  return (
    <SelectionProvider>
      <FilterBar
        project={project}
        view={view}
        places={places}
        columns={board.columns}
        shown={shown.length}
        of={cards.length}
      />
      <StayInList className="list">
        {grouping === 'status' ? (
          board.columns.map((column) => (
            <StatusGroup
              key={column.statusId}
              project={project}
              column={column}
              cards={shown.filter(({ statusId }) => statusId === column.statusId)}
            />
          ))
        ) : (
          <>
            {lanesOf(grouping, shown, places, today, weekday)
              .filter((lane) => lane.cards.length > 0)
              .map((lane) => (
                <LaneGroup key={lane.id} project={project} lane={lane} name={laneName(say, grouping, lane, places)} />
              ))}
            {board.columns.map((column) => (
              <ShowMore key={column.statusId} projectKey={project.key} column={column} />
            ))}
          </>
        )}
      </StayInList>
      <SelectionBar project={project} cards={cards} places={places} />
    </SelectionProvider>
  );
}

type StatusGroupProps = {
  readonly project: Project;
  readonly column: BoardColumn;
  readonly cards: readonly Card[];
};

function StatusGroup({ project, column, cards }: StatusGroupProps) {
  const status = project.statuses.find(({ id }) => id === column.statusId);
  if (!status) return null;
  return (
    <section className="group" aria-labelledby={`list-${status.id}`}>
      <h2 id={`list-${status.id}`}>
        <Tone status={status} /> {status.name} <em>{column.count}</em>
      </h2>
      <Rows project={project} cards={cards} hasOneStatus />
      <ShowMore projectKey={project.key} column={column} />
      {project.may.createToDo && status.reportType !== 'done' && <AddToColumn project={project} status={status} />}
    </section>
  );
}

function LaneGroup({ project, lane, name }: { project: Project; lane: Lane; name: string }) {
  return (
    <section className="group" aria-label={name}>
      <h2>
        {name} <em>{lane.cards.length}</em>
      </h2>
      <Rows project={project} cards={lane.cards} />
    </section>
  );
}

type RowsProps = {
  readonly project: Project;
  readonly cards: readonly Card[];
  /** The heading says which. */
  readonly hasOneStatus?: boolean;
};

function Rows({ project, cards, hasOneStatus = false }: RowsProps) {
  const say = useSay();
  const { shown, sentinel } = useGrowing(cards);
  const { ids: numbers, toggle } = useSelection();
  const complete = useComplete();
  const over = useOver();
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  return (
    <>
      <ul className="rows">
        {shown.map((card) => {
          const status = project.statuses.find(({ id }) => id === card.statusId);
          const isDone = status?.reportType === 'done';
          return (
            <li
              key={card.number}
              data-roam={`${card.projectKey}-${card.number}`}
              className={isDone ? 'row row-done' : 'row'}
            >
              {project.may.editToDo && (
                <input
                  type="checkbox"
                  className="row-select"
                  aria-label={say('Select {id}', { id: `${card.projectKey}-${card.number}` })}
                  checked={numbers.has(card.number)}
                  onChange={() => toggle(card.number)}
                />
              )}
              {project.may.editToDo && done && !isDone && (
                <button
                  type="button"
                  className="tick"
                  aria-label={say('Mark “{title}” as done', { title: card.title })}
                  onClick={() => complete(card, done.id)}
                />
              )}
              <RowFace card={card} status={hasOneStatus ? undefined : status} over={over} isDone={isDone} />
              <RowMore toDo={card} />
            </li>
          );
        })}
      </ul>
      <div ref={sentinel} />
    </>
  );
}

type RowFaceProps = {
  readonly card: Card;
  readonly status: Status | undefined;
  readonly over: string;
  readonly isDone: boolean;
};

const RowFace = memo(function RowFace({ card, status, over, isDone }: RowFaceProps) {
  const say = useSay();
  const id = `${card.projectKey}-${card.number}`;
  return (
    <>
      <span className="row-id">{id}</span>
      <ToDoLink className="row-title" projectKey={card.projectKey} number={card.number} over={over}>
        {card.title}
      </ToDoLink>
      <span className="row-facts">
        {card.parentNumber !== null && <PartOf card={card} />}
        {card.tags.map((tag) => (
          <span key={tag.id} className={`tag tag-${tag.tone}`}>
            {tag.name}
          </span>
        ))}
        {card.priority !== null && <span className="tag">{priorityName(say, card.priority)}</span>}
        {card.dueOn && <DueWords day={card.dueOn} done={isDone} />}
        {status && (
          <span className="row-tone" title={status.name}>
            <Tone status={status} />
            <span className="visually-hidden">{status.name}</span>
          </span>
        )}
        <Avatars people={card.assignees} />
      </span>
    </>
  );
});
