/** One column of the board without lanes: its head, and below it what scrolls, its cards and a line to add to it. */
import { memo } from 'react';
import type { Project, Status } from '../../../wire/project.ts';
import type { Card, BoardColumn as Column } from '../../../wire/to-do.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { type Say, useSay } from '../words/say.ts';
import { AddToColumn } from './add-to-column.tsx';
import { ColumnCards } from './column-cards.tsx';
import { ShowMore } from './show-more.tsx';

type ColumnProps = {
  readonly project: Project;
  readonly status: Status;
  /** The column as it is. */
  readonly column: Column;
  /** Those of its cards that a filter lets through. */
  readonly cards: readonly Card[];
};

/** What happens in other columns is nothing to it. */
export const BoardColumn = memo(function BoardColumn({ project, status, column, cards }: ColumnProps) {
  return (
    <section className="column" aria-labelledby={`column-${status.id}`}>
      <ColumnHead status={status} column={column} />
      <div className="column-body">
        <ColumnCards project={project} status={status} cards={cards} change={{}} label={status.name} />
        <ShowMore projectKey={project.key} column={column} />
        {project.may.createToDo && status.reportType !== 'done' && <AddToColumn project={project} status={status} />}
      </div>
    </section>
  );
});

type HeadProps = { readonly status: Status; readonly column: Pick<Column, 'count' | 'parts'> };

/** Its name, how many stand in it, and of how many there should be when somebody said so: of those, subtasks are none. */
export function ColumnHead({ status, column: { count, parts } }: HeadProps) {
  const say = useSay();
  const { wipLimit } = status;
  const wholes = count - parts;
  const isOver = wipLimit !== null && wholes > wipLimit;
  return (
    <h2 id={`column-${status.id}`}>
      <Tone status={status} /> {status.name}{' '}
      {wipLimit === null ? (
        <em>{count}</em>
      ) : (
        <em className={isOver ? 'over-limit' : undefined}>
          <span className="column-limit" aria-hidden="true" title={sayLimit(say, wholes, wipLimit, parts)}>
            {wholes}/{wipLimit}
          </span>
          <span className="visually-hidden">{sayLimit(say, wholes, wipLimit, parts)}</span>
        </em>
      )}
    </h2>
  );
}

function sayLimit(say: Say, count: number, limit: number, parts: number): string {
  return parts === 0
    ? say('{count} of at most {limit}', { count, limit })
    : say('{count} of at most {limit}, and {parts, plural, one {# subtask} other {# subtasks}}', {
        count,
        limit,
        parts,
      });
}
