/**
 * Saves one field of a to-do. What others changed meanwhile the server keeps, unless it is this very field: then the person
 * chooses.
 */
import { useQueryClient } from '@tanstack/react-query';
import { asDoc, plainText } from '../../../wire/rich-text.ts';
import type { EditToDoRequest, ToDo, ToDoAnswer } from '../../../wire/to-do.ts';
import { useEditToDo } from '../api/changes.ts';
import { callApi, mayWorkLater } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { dropDrafts, useTextDrafts } from '../api/text-drafts.ts';
import { useTellDone } from '../api/to-do-changes.ts';
import { showProblem, showUnsaved } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { addConflict, type Conflict } from './conflicts.ts';

type Change = Omit<EditToDoRequest, 'version'>;

export function useSave(toDo: ToDo) {
  const cache = useQueryClient();
  const edit = useEditToDo();
  const say = useSay();
  const drafts = useTextDrafts(toDo);
  const tell = useTellDone(toDo.projectKey);
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
        return showFailure(change, onVersion, error);
      await showConflict(change, onVersion, error);
    }
  }

  /**
   * The dialog may be closed by now and the text in it gone, so what could work later is offered again: on the state it was
   * made on, whatever others wrote meanwhile.
   */
  function showFailure(change: Change, onVersion: number, error: unknown): void {
    if (mayWorkLater(error)) showUnsaved(error, () => void save(change, onVersion));
    else showProblem(error);
  }

  async function showConflict(change: Change, onVersion: number, error: ApiProblem): Promise<void> {
    try {
      const { toDo: fresh } = await callApi<ToDoAnswer>('GET', `/projects/${key}/to-dos/${number}`);
      cache.setQueryData(keys.toDo(key, number), fresh);
      const text = textOf(change);
      if (!text) return showProblem(error);
      const { field, mine } = text;
      const theirs = field === 'title' ? fresh.title : plainText(fresh.description);
      const onSettle = (keep: 'mine' | 'theirs'): void => {
        if (keep === 'mine') void save(change, fresh.version);
        else dropDrafts(drafts, change);
      };
      addConflict({ projectKey: key, number, field, mine, theirs, onSettle });
    } catch (failure) {
      showFailure(change, onVersion, failure);
    }
  }

  return (change: Change, onVersion?: number): void => void save(change, onVersion);
}

function textOf({ title, description }: Change): Pick<Conflict, 'field' | 'mine'> | undefined {
  if (title !== undefined) return { field: 'title', mine: title };
  return description === undefined ? undefined : { field: 'description', mine: plainText(asDoc(description)) };
}
