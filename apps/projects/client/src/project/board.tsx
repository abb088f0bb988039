/** The board: a column a status, cards that are moved by pointer, keyboard or menu. */
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { BoardColumn } from './board-column.tsx';

export function Board({ project, board }: { project: Project; board: BoardAnswer }) {
  const isEmpty = board.columns.every(({ count }) => count === 0);
  return (
    <>
      {isEmpty && project.may.createToDo && (
        <p className="board-hint">Nothing here yet. Write the first to-do under “New”; drag it along as it moves on.</p>
      )}
      <section className="board" aria-label={`Board of ${project.name}`}>
        {board.columns.map((column) => {
          const status = project.statuses.find(({ id }) => id === column.statusId);
          return status ? <BoardColumn key={status.id} project={project} status={status} column={column} /> : null;
        })}
      </section>
    </>
  );
}
