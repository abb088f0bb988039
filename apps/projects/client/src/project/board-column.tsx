/** One column of the board without lanes: its head, its cards, and a line to add to it. */
import type { Project, Status } from '../../../wire/project.ts';
import type { Card, BoardColumn as Column } from '../../../wire/to-do.ts';
import { Tone } from '../to-do/to-do-fields.tsx';
import { useSay } from '../words/say.ts';
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

export function BoardColumn({ project, status, column, cards }: ColumnProps) {
  return (
    <section className="column" aria-labelledby={`column-${status.id}`}>
      <ColumnHead status={status} count={column.count} />
      <ColumnCards project={project} status={status} cards={cards} change={{}} label={status.name} />
      <ShowMore projectKey={project.key} column={column} />
      {project.may.createToDo && status.reportType !== 'done' && <AddToColumn project={project} status={status} />}
    </section>
  );
}

/** Its name, how many stand in it, and of how many there should be when somebody said so. */
export function ColumnHead({ status, count }: { status: Status; count: number }) {
  const say = useSay();
  const { wipLimit } = status;
  const isOver = wipLimit !== null && count > wipLimit;
  return (
    <h2 id={`column-${status.id}`}>
      <Tone status={status} /> {status.name}{' '}
      {wipLimit === null ? (
        <em>{count}</em>
      ) : (
        <em className={isOver ? 'over-limit' : undefined}>
          {say('{count} of at most {limit}', { count, limit: wipLimit })}
        </em>
      )}
    </h2>
  );
}
