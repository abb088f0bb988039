/**
 * The board as it will be once everything that is on its way, or waits for the network, has been done: what is held is what
 * the server said last, and each pending change is laid over it. One that is refused is gone by itself. Pure.
 */
import type { PersonRef } from '../../../wire/me.ts';
import type { BoardAnswer, Card } from '../../../wire/to-do.ts';
import { addCard, findCard, moveOnBoard } from './board-cache.ts';
import type { Create, Move } from './queued.ts';
import { numberNow, standInFor } from './stand-ins.ts';

export type Pending =
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'create'; readonly create: Create };

/** Changes of other projects are left out by the caller. */
export function withPending(
  board: BoardAnswer,
  pending: readonly Pending[],
  people: readonly PersonRef[] = [],
): BoardAnswer {
  return pending.reduce((now, change) => {
    if (change.kind === 'create') return addUnsent(now, change.create, people);
    const { statusId, afterNumber } = change.move;
    const card = findCard(now, numberNow(change.move.number));
    return card ? moveOnBoard(now, card, statusId, afterNumber === null ? null : numberNow(afterNumber)) : now;
  }, board);
}

function addUnsent(board: BoardAnswer, { key, request }: Create, people: readonly PersonRef[]): BoardAnswer {
  const number = standInFor(request.creationKey);
  const statusId = request.statusId ?? board.columns[0]?.statusId;
  if (statusId === undefined || numberNow(number) !== number) return board;
  return addCard(board, unsentCard({ key, request }, number, statusId, people));
}

function unsentCard({ key, request }: Create, number: number, statusId: string, people: readonly PersonRef[]): Card {
  return {
    projectKey: key,
    number,
    title: request.title,
    statusId,
    dueOn: request.dueOn ?? null,
    priority: request.priority ?? null,
    assignees: people.filter(({ id }) => request.assigneeIds?.includes(id)),
    type: request.type ?? 'task',
    effort: request.effort ?? null,
    tags: [],
    milestoneId: request.milestoneId ?? null,
    sprintId: request.sprintId ?? null,
    parentNumber: null,
    workStartOn: null,
    workEndOn: null,
    plannedHours: null,
    remainingHours: null,
    subtasks: { done: 0, total: 0 },
    openBlockers: 0,
    comments: 0,
    files: 0,
    // After every rank that the server gives.
    rank: '~',
    version: 0,
  };
}

export function isUnsent({ number }: { readonly number: number }): boolean {
  return number < 0;
}
