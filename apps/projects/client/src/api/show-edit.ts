/**
 * Shows what was picked in a to-do before the server answers, on its card and in its dialog, and takes it back when it was
 * refused. Texts show themselves where they are written; a card comes into another column by the server's answer.
 */
import type { QueryClient } from '@tanstack/react-query';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer, Card, EditToDoRequest, ToDo } from '../../../wire/to-do.ts';
import { findCard } from './board-cache.ts';
import { keys } from './queries.ts';

const picked = [
  'dueOn',
  'priority',
  'type',
  'effort',
  'milestoneId',
  'sprintId',
  'workStartOn',
  'workEndOn',
  'plannedHours',
  'remainingHours',
] as const satisfies readonly (keyof Card & keyof EditToDoRequest)[];

/** Answers with what takes it back. */
export function showEdit(cache: QueryClient, key: string, number: number, request: EditToDoRequest): () => void {
  const project = cache.getQueryData<Project>(keys.project(key));
  const shown = shownOf(request, project);
  const card = heldCard(cache, key, number);
  const toDo = cache.getQueryData<ToDo>(keys.toDo(key, number));
  const ofDialog = request.statusId === undefined ? shown : { ...shown, statusId: request.statusId };
  put(cache, key, number, shown, ofDialog);
  return () => put(cache, key, number, card && valuesOf(card, shown), toDo && valuesOf(toDo, ofDialog));
}

function shownOf(request: EditToDoRequest, project: Project | undefined): Partial<Card> {
  const values = picked.filter((field) => request[field] !== undefined).map((field) => [field, request[field]]);
  const { assigneeIds } = request;
  const assignees = project && assigneeIds && project.assignable.filter(({ id }) => assigneeIds.includes(id));
  return { ...(Object.fromEntries(values) as Partial<Card>), ...(assignees && { assignees }) };
}

function valuesOf(card: Card, fields: Partial<Card>): Partial<Card> {
  return Object.fromEntries(Object.keys(fields).map((field) => [field, card[field as keyof Card]])) as Partial<Card>;
}

function heldCard(cache: QueryClient, key: string, number: number): Card | undefined {
  const board = cache.getQueryData<BoardAnswer>(keys.board(key));
  return board && findCard(board, number);
}

function put(
  cache: QueryClient,
  key: string,
  number: number,
  onCard: Partial<Card> | undefined,
  inDialog: Partial<ToDo> | undefined,
): void {
  cache.setQueryData<BoardAnswer>(
    keys.board(key),
    (board) =>
      board && {
        columns: board.columns.map((column) => ({
          ...column,
          cards: column.cards.map((card) => (card.number === number ? { ...card, ...onCard } : card)),
        })),
      },
  );
  cache.setQueryData<ToDo>(keys.toDo(key, number), (toDo) => toDo && { ...toDo, ...inDialog });
}
