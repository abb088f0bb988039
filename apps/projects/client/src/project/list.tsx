/** The same to-dos as lines under each other, a heading a status: denser than the board, and easy to read on a phone. */
import { memo } from 'react';
import { Link, useLocation } from 'react-router';
import { dayOf } from '../../../wire/days.ts';
import type { Project, Status } from '../../../wire/project.ts';
import { type BoardAnswer, type BoardColumn, type Card, priorityNames } from '../../../wire/to-do.ts';
import { useShowMore } from '../api/changes.ts';
import { Avatars } from '../kit/avatar.tsx';
import { toDoPath } from '../shell/places.ts';
import { useComplete } from '../to-do/complete.ts';
import { DueWords } from '../to-do/due-pick.tsx';
import { Tone } from '../to-do/to-do-fields.tsx';
import { AddToColumn } from './add-to-column.tsx';
import { useGrowing } from './growing.ts';

export function List({ project, board }: { project: Project; board: BoardAnswer }) {
  return (
    <div className="list">
      {board.columns.map((column) => {
        const status = project.statuses.find(({ id }) => id === column.statusId);
        return status ? <ListGroup key={status.id} project={project} status={status} column={column} /> : null;
      })}
    </div>
  );
}

type GroupProps = { readonly project: Project; readonly status: Status; readonly column: BoardColumn };

function ListGroup({ project, status, column }: GroupProps) {
  const { shown, sentinel } = useGrowing(column.cards);
  const showMore = useShowMore();
  const complete = useComplete();
  const { pathname } = useLocation();
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  const last = column.cards.at(-1);
  const hidden = column.count - column.cards.length;
  const canComplete = project.may.editToDo && done && status.reportType !== 'done';
  return (
    <section className="group" aria-labelledby={`list-${status.id}`}>
      <h2 id={`list-${status.id}`}>
        <Tone status={status} /> {status.name} <em>{column.count}</em>
      </h2>
      <ul className="rows">
        {shown.map((card) => (
          <li key={card.number} className={status.reportType === 'done' ? 'row row-done' : 'row'}>
            {canComplete && (
              <button
                type="button"
                className="tick"
                aria-label={`Mark “${card.title}” as done`}
                onClick={() => complete(card, done.id)}
              />
            )}
            <RowFace card={card} over={pathname} isDone={status.reportType === 'done'} />
          </li>
        ))}
      </ul>
      <div ref={sentinel} />
      {hidden > 0 && last && (
        <button
          type="button"
          className="column-more"
          onClick={() => showMore.mutate({ key: project.key, statusId: status.id, afterRank: last.rank })}
          disabled={showMore.isPending}
        >
          Show {Math.min(hidden, 50)} more
        </button>
      )}
      {project.may.createToDo && status.reportType !== 'done' && (
        <AddToColumn projectKey={project.key} status={status} />
      )}
    </section>
  );
}

const RowFace = memo(function RowFace({ card, over, isDone }: { card: Card; over: string; isDone: boolean }) {
  return (
    <>
      <span className="row-id">
        {card.projectKey}-{card.number}
      </span>
      <Link className="row-title" to={toDoPath(card.projectKey, card.number)} state={{ over }}>
        {card.title}
      </Link>
      <span className="row-facts">
        {card.priority !== null && <span className="tag">{priorityNames[card.priority]}</span>}
        {card.dueOn && <DueWords day={card.dueOn} today={dayOf(new Date())} done={isDone} />}
        <Avatars people={card.assignees} />
      </span>
    </>
  );
});
