/** Completes a to-do with a way back: where it stood before is kept for the undo. */
import { useQueryClient } from '@tanstack/react-query';
import type { MyWorkAnswer } from '../../../wire/my-work.ts';
import type { Project } from '../../../wire/project.ts';
import { cardBefore } from '../api/board-cache.ts';
import { useMoveToDo } from '../api/changes.ts';
import { keys } from '../api/queries.ts';
import { boardNow } from '../api/use-board.ts';
import { showDone } from '../kit/toast.tsx';
import { toDoHere } from '../shell/roam.ts';
import { saying } from '../words/say.ts';

type Completed = {
  readonly projectKey: string;
  readonly number: number;
  readonly title: string;
  readonly statusId: string;
};

/** Moves it to `doneStatusId` and offers to put it back. */
export function useComplete(): (toDo: Completed, doneStatusId: string) => void {
  const move = useMoveToDo();
  const cache = useQueryClient();
  return ({ projectKey: key, number, title, statusId }, doneStatusId) => {
    const board = boardNow(cache, key);
    const afterNumber = board ? cardBefore(board, number) : null;
    const say = saying();
    const putBack = () => void move({ key, number, statusId, afterNumber });
    // A refusal is told by the move itself.
    void move({ key, number, statusId: doneStatusId, afterNumber: null }).then(
      (isMade) => isMade && showDone(say('Done: {title}', { title }), { name: say('Undo'), run: putBack }),
    );
  };
}

/**
 * Completes the to-do that has the focus, on a page of the project or else on Home. Nothing happens to what is done already,
 * and to what one may not change.
 */
export function useCompleteHere(projectKey: string | undefined): () => void {
  const cache = useQueryClient();
  const complete = useComplete();
  return () => {
    const here = toDoHere();
    const isHere = ({ projectKey: key, number }: Completed) => `${key}-${number}` === here;
    if (projectKey === undefined) {
      const mine = cache.getQueryData<MyWorkAnswer>(keys.myWork)?.toDos.find(isHere);
      if (mine && mine.doneStatusId !== null) complete(mine, mine.doneStatusId);
      return;
    }
    const project = cache.getQueryData<Project>(keys.project(projectKey));
    const done = project?.statuses.find(({ reportType }) => reportType === 'done');
    const card = boardNow(cache, projectKey)
      ?.columns.flatMap(({ cards }) => cards)
      .find(isHere);
    const isDone = project?.statuses.find(({ id }) => id === card?.statusId)?.reportType === 'done';
    if (card && done && project?.may.editToDo && !isDone) complete(card, done.id);
  };
}
