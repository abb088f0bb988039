/**
 * What the screens change. Each change is seen at once where that is safe, put right by the server's answer, and taken
 * back with a word of why when it is refused.
 */
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CreateProjectRequest, EditProjectRequest, Project, ProjectAnswer } from '../../../wire/project.ts';
import type { ProjectRole } from '../../../wire/roles.ts';
import type {
  BoardAnswer,
  Card,
  CardAnswer,
  Changed,
  CreateToDoRequest,
  EditToDoRequest,
  LaneChange,
  MoreCardsAnswer,
  ToDo,
  ToDoAnswer,
} from '../../../wire/to-do.ts';
import { showProblem } from '../kit/toast.tsx';
import { addCard, addMore, findCard, moveOnBoard, putCard, takeOff } from './board-cache.ts';
import { callApi } from './client.ts';
import { keys } from './queries.ts';

function changeBoard(cache: QueryClient, key: string, change: (board: BoardAnswer) => BoardAnswer): void {
  cache.setQueryData<BoardAnswer>(keys.board(key), (board) => board && change(board));
}

function refreshMyWork(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: keys.myWork });
}

export type Move = {
  readonly key: string;
  readonly number: number;
  readonly statusId: string;
  readonly afterNumber: number | null;
  /** What the lane it is put into stands for. */
  readonly change?: LaneChange | undefined;
};

/** Moves one card: shown at once, sent as one small request, put back when refused. */
export function useMoveToDo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, number, ...request }: Move) =>
      callApi<CardAnswer>('POST', `/projects/${key}/to-dos/${number}/move`, request),
    async onMutate({ key, number, statusId, afterNumber }) {
      await cache.cancelQueries({ queryKey: keys.board(key) });
      changeBoard(cache, key, (board) => {
        const card = findCard(board, number);
        return card ? moveOnBoard(board, card, statusId, afterNumber) : board;
      });
    },
    onSuccess({ card }, { key }) {
      changeBoard(cache, key, (board) => putCard(board, card));
      void cache.invalidateQueries({ queryKey: keys.toDo(key, card.number) });
      refreshMyWork(cache);
    },
    onError(error, { key }) {
      showProblem(error);
      void cache.invalidateQueries({ queryKey: keys.board(key) });
    },
  });
}

export function useCreateToDo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, request }: { key: string; request: CreateToDoRequest }) =>
      callApi<CardAnswer>('POST', `/projects/${key}/to-dos`, request),
    // One after the other, so that to-dos stand in the order they were written.
    scope: { id: 'create-to-do' },
    // The creation key makes a second try harmless.
    retry: 1,
    onSuccess({ card }, { key }) {
      changeBoard(cache, key, (board) => addCard(board, card));
      refreshMyWork(cache);
    },
  });
}

export type Edit = { readonly key: string; readonly number: number; readonly request: EditToDoRequest };

export function useEditToDo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, number, request }: Edit) =>
      callApi<ToDoAnswer & Changed>('PATCH', `/projects/${key}/to-dos/${number}`, request),
    onSuccess({ toDo }, { key, number }) {
      cache.setQueryData(keys.toDo(key, number), toDo);
      changeBoard(cache, key, (board) => putCard(board, cardOf(toDo)));
      refreshMyWork(cache);
    },
  });
}

function cardOf(toDo: ToDo): Card {
  const { description, createdBy, createdAt, updatedAt, completedAt, history, may, ...shown } = toDo;
  const { parent, parts, blockedBy, blocks, watching, watchers, ...card } = shown;
  return card;
}

export function useDeleteToDo() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, number, version }: { key: string; number: number; version: number }) =>
      callApi<void>('DELETE', `/projects/${key}/to-dos/${number}`, { version }),
    onSuccess(_, { key, number }) {
      changeBoard(cache, key, (board) => takeOff(board, number));
      cache.removeQueries({ queryKey: keys.toDo(key, number) });
      refreshMyWork(cache);
    },
    onError: showProblem,
  });
}

export function useShowMore() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, statusId, afterRank }: { key: string; statusId: string; afterRank: string }) =>
      callApi<MoreCardsAnswer>(
        'GET',
        `/projects/${key}/to-dos?${new URLSearchParams({ statusId, afterRank }).toString()}`,
      ),
    onSuccess: ({ cards }, { key, statusId }) => changeBoard(cache, key, (board) => addMore(board, statusId, cards)),
    onError: showProblem,
  });
}

function keepProject(cache: QueryClient, project: Project): void {
  cache.setQueryData(keys.project(project.key), project);
  void cache.invalidateQueries({ queryKey: keys.projects });
}

export function useCreateProject() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateProjectRequest) => callApi<ProjectAnswer>('POST', '/projects', request),
    retry: 1,
    onSuccess: ({ project }) => keepProject(cache, project),
  });
}

export function useEditProject(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: EditProjectRequest) => callApi<ProjectAnswer>('PATCH', `/projects/${key}`, request),
    onSuccess: ({ project }) => {
      keepProject(cache, project);
      refreshMyWork(cache);
    },
  });
}

/** `role` undefined takes the person out of the project; null lets them keep the role they have everywhere. */
export function useSetMember(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, role }: { personId: string; role: ProjectRole | null | undefined }) => {
      const path = `/projects/${key}/members/${encodeURIComponent(personId)}`;
      return role === undefined
        ? callApi<ProjectAnswer>('DELETE', path)
        : callApi<ProjectAnswer>('PUT', path, { role });
    },
    onSuccess: ({ project }) => keepProject(cache, project),
    onError: showProblem,
  });
}
