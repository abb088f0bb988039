/**
 * What the dialog of a to-do changes beyond its own fields. Each change is put into what is held by the server's answer, and
 * what can be undone offers it.
 */
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type {
  AddPartsRequest,
  BoardAnswer,
  Card,
  CardAnswer,
  Changed,
  MovedTo,
  PartRef,
  ToDo,
  ToDoAnswer,
  ToDoRef,
} from '../../../wire/to-do.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { takeOff } from './board-cache.ts';
import { callApi, newCreationKey } from './client.ts';
import { keys } from './queries.ts';
import { addParts, keepToDo } from './queued.ts';
import { toDoKeys } from './to-do-queries.ts';

/** What acts on a to-do as a whole need to know of it. */
export type Whole = Pick<Card, 'projectKey' | 'number' | 'title' | 'version'>;

function refreshAll(cache: QueryClient, key: string): void {
  for (const queryKey of [
    ['sprints', key],
    ['sprint-cards', key],
  ])
    void cache.invalidateQueries({ queryKey });
  void cache.invalidateQueries({ queryKey: ['to-do', key] });
  void cache.invalidateQueries({ queryKey: keys.board(key) });
  void cache.invalidateQueries({ queryKey: keys.myWork });
  void cache.invalidateQueries({ queryKey: toDoKeys.trash(key) });
  void cache.invalidateQueries({ queryKey: toDoKeys.tags(key) });
}

/** Takes an act back, by the id that its answer named. */
export function useUndo(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (changeId: string) => callApi<Changed>('POST', `/projects/${key}/undo`, { changeId }),
    onSuccess: () => refreshAll(cache, key),
    onError: showProblem,
  });
}

/** Says what was done, with a way back. */
export function useTellDone(key: string): (text: string, changed: Changed) => void {
  const say = useSay();
  const undo = useUndo(key);
  return (text, { changeId }) =>
    changeId === null
      ? undefined
      : showDone(text, {
          name: say('Undo'),
          run: () => void undo.mutateAsync(changeId).catch(() => undefined),
        });
}

const pathOf = ({ projectKey, number }: { projectKey: string; number: number }): string =>
  `/projects/${projectKey}/to-dos/${number}`;

export function useAddParts(toDo: ToDo) {
  const say = useSay();
  const tell = useTellDone(toDo.projectKey);
  const add = useMutation({ ...addParts(useQueryClient()), onError: showProblem });
  return (request: AddPartsRequest, onError: () => void) =>
    // A promise, because the dialog may be closed by the time of the answer.
    add.mutateAsync({ key: toDo.projectKey, number: toDo.number, request }).then(({ changeId }) => {
      const count = request.titles.length;
      if (count > 1) tell(say('{count, plural, one {# subtask} other {# subtasks}} added.', { count }), { changeId });
    }, onError);
}

async function readToDo(toDo: ToDo): Promise<ToDo> {
  return (await callApi<ToDoAnswer>('GET', pathOf(toDo))).toDo;
}

/** Shown as ticked at once. */
export function useTickPart(toDo: ToDo) {
  const cache = useQueryClient();
  const toDoKey = keys.toDo(toDo.projectKey, toDo.number);
  return useMutation({
    onMutate({ part, statusId }) {
      const ticked = (each: PartRef) => (each.number === part.number ? { ...each, statusId, done: !part.done } : each);
      cache.setQueryData<ToDo>(toDoKey, (now) => now && { ...now, parts: now.parts.map(ticked) });
    },
    async mutationFn({ part, statusId }: { part: ToDoRef; statusId: string }) {
      const path = `/projects/${toDo.projectKey}/to-dos/${part.number}`;
      const { toDo: now } = await callApi<ToDoAnswer>('GET', path);
      await callApi<ToDoAnswer>('PATCH', path, { version: now.version, statusId });
      return readToDo(toDo);
    },
    onSuccess: (fresh) => keepToDo(cache, fresh),
    onError(error) {
      showProblem(error);
      void cache.invalidateQueries({ queryKey: toDoKey });
    },
  });
}

export function useOrderPart(toDo: ToDo) {
  const cache = useQueryClient();
  return useMutation({
    async mutationFn({ part, ...place }: { part: ToDoRef; beforeNumber?: number; afterNumber?: number }) {
      const request = { statusId: part.statusId, afterNumber: null, ...place };
      await callApi<CardAnswer>('POST', `/projects/${toDo.projectKey}/to-dos/${part.number}/move`, request);
      return readToDo(toDo);
    },
    onSuccess: (fresh) => keepToDo(cache, fresh),
    onError: showProblem,
  });
}

export function useWatch(toDo: ToDo) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (watching: boolean) => callApi<ToDoAnswer>(watching ? 'PUT' : 'DELETE', `${pathOf(toDo)}/watching`),
    onSuccess: ({ toDo: fresh }) => keepToDo(cache, fresh),
    onError: showProblem,
  });
}

export function useDuplicate(toDo: Whole) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (title: string) =>
      callApi<CardAnswer & Changed>('POST', `${pathOf(toDo)}/duplicate`, { creationKey: newCreationKey(), title }),
    onSuccess: () => refreshAll(cache, toDo.projectKey),
    onError: showProblem,
  });
}

export function useTransfer(toDo: ToDo) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (projectKey: string) =>
      callApi<MovedTo>('POST', `${pathOf(toDo)}/transfer`, { version: toDo.version, projectKey }),
    onSuccess({ movedTo }) {
      refreshAll(cache, toDo.projectKey);
      refreshAll(cache, movedTo.projectKey);
    },
    onError: showProblem,
  });
}

export function useTrashToDo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (toDo: Whole) => callApi<Changed>('DELETE', pathOf(toDo), { version: toDo.version }),
    onSuccess(_, { projectKey: key, number }) {
      cache.setQueryData<BoardAnswer>(keys.board(key), (board) => board && takeOff(board, number));
      cache.removeQueries({ queryKey: keys.toDo(key, number) });
      refreshAll(cache, key);
    },
    onError: showProblem,
  });
}

export function useRestore(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (number: number) => callApi<Changed>('POST', `/projects/${key}/trash/${number}/restore`),
    onSuccess: () => refreshAll(cache, key),
    onError: showProblem,
  });
}

export function usePurge(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (number: number) => callApi<void>('DELETE', `/projects/${key}/trash/${number}`),
    onSuccess: () => refreshAll(cache, key),
    onError: showProblem,
  });
}
