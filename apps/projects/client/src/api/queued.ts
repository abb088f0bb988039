/**
 * The changes that may wait: without a network they stand in one queue, in the order they were made, and `unsent.ts` keeps
 * them beyond the page. Here is how each is sent and what its answer means for what is held. Each may be sent twice and is
 * done once: what is made carries a creation key, an edit the version it was made on, a move says where a card shall stand.
 */
import { type MutationOptions, mutationOptions, type QueryClient } from '@tanstack/react-query';
import type { AddCommentRequest, CommentAnswer } from '../../../wire/comment.ts';
import type {
  AddPartsRequest,
  BoardAnswer,
  Card,
  CardAnswer,
  Changed,
  CreateToDoRequest,
  EditToDoRequest,
  LaneChange,
  ToDo,
  ToDoAnswer,
} from '../../../wire/to-do.ts';
import { askAgain } from './ask-again.ts';
import { addCard, putCard } from './board-cache.ts';
import { callApi, isOtherPerson } from './client.ts';
import { afterOwn, noteOwn } from './own-versions.ts';
import { retryUpTo } from './problem.ts';
import { keys } from './queries.ts';
import { noteMade, numberNow, numberToSend } from './stand-ins.ts';
import { dropSaved } from './text-drafts.ts';
import { toDoKeys } from './to-do-queries.ts';

export type Create = { readonly key: string; readonly request: CreateToDoRequest };
export type Move = {
  readonly key: string;
  readonly number: number;
  readonly statusId: string;
  readonly afterNumber: number | null;
  /** What the lane it is put into stands for. */
  readonly change?: LaneChange | undefined;
};
export type Edit = { readonly key: string; readonly number: number; readonly request: EditToDoRequest };
export type AddParts = { readonly key: string; readonly number: number; readonly request: AddPartsRequest };
export type AddComment = { readonly key: string; readonly number: number; readonly request: AddCommentRequest };

export const queuedKey = 'queued';
/** One after another; while somebody else is signed in here all wait for their own person, with ever longer between two tries. */
const inTurn = { scope: { id: queuedKey }, retry: (_: number, error: Error) => isOtherPerson(error) };

function changeBoard(cache: QueryClient, key: string, change: (board: BoardAnswer) => BoardAnswer): void {
  cache.setQueryData<BoardAnswer>(keys.board(key), (board) => board && change(board));
  // An answer that is on its way may have been given before the change.
  if (cache.isFetching({ queryKey: keys.board(key) }) > 0) askAgain(cache, keys.board(key));
}

export const createToDo = (cache: QueryClient) =>
  mutationOptions({
    mutationKey: [queuedKey, 'create'],
    ...inTurn,
    mutationFn: ({ key, request }: Create) => callApi<CardAnswer>('POST', `/projects/${key}/to-dos`, request),
    // The creation key makes a second try harmless.
    retry: (failures, error) => retryUpTo(1)(failures, error) || isOtherPerson(error),
    onSuccess({ card }, { key, request }) {
      noteMade(request.creationKey, card.number);
      changeBoard(cache, key, (board) => addCard(board, card));
      askAgain(cache, keys.myWork);
      if (request.tags?.length) askAgain(cache, toDoKeys.tags(key));
    },
  });

export const moveToDo = (cache: QueryClient) =>
  mutationOptions({
    mutationKey: [queuedKey, 'move'],
    ...inTurn,
    mutationFn: ({ key, number, afterNumber, ...request }: Move) =>
      callApi<CardAnswer>('POST', `/projects/${key}/to-dos/${numberToSend(number)}/move`, {
        ...request,
        afterNumber: placeAfter(afterNumber),
      }),
    onSuccess({ card }, { key }) {
      noteOwn(card);
      changeBoard(cache, key, (board) => putCard(board, card));
      askAgain(cache, keys.toDo(key, card.number));
      askAgain(cache, keys.myWork);
    },
  });

export const editToDo = (cache: QueryClient) =>
  mutationOptions({
    mutationKey: [queuedKey, 'edit'],
    ...inTurn,
    mutationFn: ({ key, number, request }: Edit) =>
      callApi<ToDoAnswer & Changed>('PATCH', `/projects/${key}/to-dos/${number}`, {
        ...request,
        version: afterOwn(key, number, request.version),
      }),
    onSuccess({ toDo }, { key, number, request }) {
      noteOwn(toDo);
      cache.setQueryData(keys.toDo(key, number), toDo);
      dropSaved(cache, toDo, request);
      changeBoard(cache, key, (board) => putCard(board, cardOf(toDo)));
      askAgain(cache, keys.myWork);
    },
  });

export const addParts = (cache: QueryClient) =>
  mutationOptions({
    mutationKey: [queuedKey, 'parts'],
    ...inTurn,
    mutationFn: ({ key, number, request }: AddParts) =>
      callApi<ToDoAnswer & Changed>('POST', `/projects/${key}/to-dos/${number}/parts`, request),
    onSuccess: ({ toDo }) => keepToDo(cache, toDo),
  });

export const addComment = (cache: QueryClient) =>
  mutationOptions({
    mutationKey: [queuedKey, 'comment'],
    ...inTurn,
    mutationFn: ({ key, number, request }: AddComment) =>
      callApi<CommentAnswer>('POST', `/projects/${key}/to-dos/${number}/comments`, request),
    onSuccess: (_, { key, number }) => cache.invalidateQueries({ queryKey: toDoKeys.comments(key, number) }),
  });

/** By the second part of their keys. */
export const queuedChanges = {
  create: createToDo,
  move: moveToDo,
  edit: editToDo,
  parts: addParts,
  comment: addComment,
} as const;
export type QueuedKind = keyof typeof queuedChanges;

export const queuedKinds = Object.keys(queuedChanges) as readonly QueuedKind[];

export function optionsOf(cache: QueryClient, kind: QueuedKind): MutationOptions<unknown, Error, unknown> {
  return queuedChanges[kind](cache) as unknown as MutationOptions<unknown, Error, unknown>;
}

/** As it has to be sent if this page ends now: what it alone knows is put in. */
export function restated(kind: QueuedKind, variables: unknown): unknown {
  if (kind === 'move') {
    const move = variables as Move;
    const { number, afterNumber } = move;
    return { ...move, number: numberNow(number), afterNumber: afterNumber === null ? null : numberNow(afterNumber) };
  }
  if (kind !== 'edit') return variables;
  const { key, number, request } = variables as Edit;
  return { key, number, request: { ...request, version: afterOwn(key, number, request.version) } };
}

/** After a card that never came to be, first. */
function placeAfter(afterNumber: number | null): number | null {
  const number = afterNumber === null ? 0 : numberNow(afterNumber);
  return number > 0 ? number : null;
}

export function keepToDo(cache: QueryClient, toDo: ToDo): void {
  cache.setQueryData(keys.toDo(toDo.projectKey, toDo.number), toDo);
  askAgain(cache, keys.board(toDo.projectKey));
  askAgain(cache, keys.myWork);
}

function cardOf(toDo: ToDo): Card {
  const { description, createdBy, createdAt, updatedAt, completedAt, history, may, ...shown } = toDo;
  const { parent, parts, blockedBy, blocks, watching, watchers, ...card } = shown;
  return card;
}
