/** Completes a to-do with a way back: where it stood before is kept for the undo. */
import { useQueryClient } from '@tanstack/react-query';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { cardBefore } from '../api/board-cache.ts';
import { useMoveToDo } from '../api/changes.ts';
import { keys } from '../api/queries.ts';
import { showDone } from '../kit/toast.tsx';

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
    const board = cache.getQueryData<BoardAnswer>(keys.board(key));
    const afterNumber = board ? cardBefore(board, number) : null;
    const putBack = () => move.mutate({ key, number, statusId, afterNumber });
    // A promise, because the card that was pressed leaves its column and takes its own callbacks with it. A refusal is
    // told by the move itself.
    move.mutateAsync({ key, number, statusId: doneStatusId, afterNumber: null }).then(
      () => showDone(`Done: ${title}`, { name: 'Undo', run: putBack }),
      () => undefined,
    );
  };
}
