/**
 * Saves one field of a to-do. What others changed meanwhile the server keeps, unless it is this very field: then the person
 * chooses.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asDoc, plainText } from '../../../wire/rich-text.ts';
import type { EditToDoRequest, ToDo, ToDoAnswer } from '../../../wire/to-do.ts';
import { useEditToDo } from '../api/changes.ts';
import { ApiProblem, callApi } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { useTellDone } from '../api/to-do-changes.ts';
import { showProblem, showUnsaved } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';

type Change = Omit<EditToDoRequest, 'version'>;
export type Conflict = {
  readonly field: 'title' | 'description';
  /** As people read them. */
  readonly mine: string;
  readonly theirs: string;
  /** What makes mine so. */
  readonly change: Change;
};

export function useSave(toDo: ToDo) {
  const cache = useQueryClient();
  const edit = useEditToDo();
  const say = useSay();
  const tell = useTellDone(toDo.projectKey);
  const [conflict, setConflict] = useState<Conflict>();
  const { projectKey: key, number } = toDo;

  /** What this page saw last, also when it was closed and opened again since. */
  const latestVersion = (): number => cache.getQueryData<ToDo>(keys.toDo(key, number))?.version ?? toDo.version;
  const send = (change: Change, version: number) => edit.mutateAsync({ key, number, request: { version, ...change } });

  async function save(change: Change, onVersion = latestVersion()): Promise<void> {
    try {
      const done = await send(change, onVersion);
      tell(say('Saved.'), done);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'conflict.changed_meanwhile')
        return showFailure(change, error);
      await showConflict(change, error);
    }
  }

  /** The dialog may be closed by now and the text in it gone, so what could work later is offered again. */
  function showFailure(change: Change, error: unknown): void {
    const mayWorkLater =
      error instanceof ApiProblem && (error.status === 401 || error.status === 0 || error.status >= 500);
    if (mayWorkLater) showUnsaved(error, () => void save(change));
    else showProblem(error);
  }

  async function showConflict(change: Change, error: ApiProblem): Promise<void> {
    try {
      const { toDo: fresh } = await callApi<ToDoAnswer>('GET', `/projects/${key}/to-dos/${number}`);
      cache.setQueryData(keys.toDo(key, number), fresh);
      if (change.title !== undefined) setConflict({ field: 'title', mine: change.title, theirs: fresh.title, change });
      else if (change.description !== undefined)
        setConflict({
          field: 'description',
          mine: plainText(asDoc(change.description)),
          theirs: plainText(fresh.description),
          change,
        });
      else showProblem(error);
    } catch (failure) {
      showFailure(change, failure);
    }
  }

  function settle(keep: 'mine' | 'theirs'): void {
    setConflict(undefined);
    if (conflict && keep === 'mine') void save(conflict.change);
  }

  return { save: (change: Change, onVersion?: number) => void save(change, onVersion), conflict, settle };
}
