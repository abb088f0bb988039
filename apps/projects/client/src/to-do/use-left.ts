/** What was written in a to-do and is not saved: on this page, or on one that ended before it was. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { EditToDoRequest, ToDo } from '../../../wire/to-do.ts';
import { type Draft, useKept } from '../api/drafts.ts';
import { type Edit, queuedKey } from '../api/queued.ts';

/**
 * What was written here and is not saved yet, or was refused: it stays in sight until it is. What another page is writing is
 * not this page's, until it takes it.
 */
export function useUnsaved<Written>(draft: Draft<Written>): readonly [Written | undefined, () => void] {
  const kept = useKept(draft);
  const [isTaken, setTaken] = useState(false);
  useEffect(() => {
    if (!kept) setTaken(false);
  }, [kept]);
  return [isTaken ? kept : undefined, () => setTaken(true)];
}

/**
 * Runs it once for what was written on a page that ended before it was saved; without it where this field of the to-do is on its
 * way already. `isSaved`: whether the to-do says just that.
 */
export function useSaveLeft<Written>(
  toDo: ToDo,
  field: keyof EditToDoRequest,
  draft: Draft<Written>,
  isSaved: (left: Written) => boolean,
  run: (left: Written | undefined) => void,
): void {
  const cache = useQueryClient();
  const isOnItsWay = (): boolean =>
    cache.isMutating({
      mutationKey: [queuedKey, 'edit'],
      predicate({ state }) {
        const { key, number, request } = state.variables as Edit;
        return key === toDo.projectKey && number === toDo.number && request[field] !== undefined;
      },
    }) > 0;
  const saveLeft = useRef(() => {
    if (toDo.may.edit)
      draft.ifLeft((left) => {
        if (isSaved(left)) draft.drop();
        else run(isOnItsWay() ? undefined : left);
      });
  });
  useEffect(() => saveLeft.current(), []);
}
