/** The board of a project as people see it: what the server said last, with what they did since laid over it. */
import {
  type Mutation,
  onlineManager,
  type QueryClient,
  useMutationState,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { callApi } from './client.ts';
import { isUnsent, type Pending, withPending } from './pending.ts';
import { keys } from './queries.ts';
import { type Create, type Move, queuedKey } from './queued.ts';

const filters = { mutationKey: [queuedKey], status: 'pending' } as const;

type Reading = { readonly data: BoardAnswer | undefined; readonly error: Error | null };

/** With the cards that were not sent yet: they have no number, and nothing but a move can be done to them. */
export function useBoardWithUnsent(key: string): Reading {
  const cache = useQueryClient();
  const { data, error } = useQuery({
    queryKey: keys.board(key),
    queryFn: () => callApi<BoardAnswer>('GET', `/projects/${key}/board`),
  });
  const pending = useMutationState({ filters, select: pendingOf });
  const board = useMemo(() => data && lay(cache, key, data, pending), [cache, key, data, pending]);
  return { data: board, error };
}

export function useBoard(key: string): Reading {
  const { data, error } = useBoardWithUnsent(key);
  const board = useMemo(() => data && withoutUnsent(data), [data]);
  return { data: board, error };
}

/** The same for what looks once. */
export function boardNow(cache: QueryClient, key: string): BoardAnswer | undefined {
  const board = cache.getQueryData<BoardAnswer>(keys.board(key));
  return board && lay(cache, key, board, cache.getMutationCache().findAll(filters).map(pendingOf));
}

function lay(
  cache: QueryClient,
  key: string,
  board: BoardAnswer,
  pending: readonly (Pending | undefined)[],
): BoardAnswer {
  const ofProject = pending.filter((change) => change !== undefined).filter((change) => keyOf(change) === key);
  return withPending(board, ofProject, cache.getQueryData<Project>(keys.project(key))?.assignable);
}

function keyOf(change: Pending): string {
  return change.kind === 'move' ? change.move.key : change.create.key;
}

/** What had to wait once is shown until it has arrived, also while it is sent. */
const waited = new WeakSet<Mutation>();

/** A new to-do is shown before it is sent only when it has to wait: its answer takes a moment otherwise. */
function pendingOf(mutation: Mutation): Pending | undefined {
  const { options, state } = mutation;
  const kind = options.mutationKey?.[1];
  if (kind === 'move') return { kind, move: state.variables as Move };
  if (kind !== 'create') return undefined;
  if (state.failureCount > 0 || (state.isPaused && !onlineManager.isOnline())) waited.add(mutation);
  return waited.has(mutation) ? { kind, create: state.variables as Create } : undefined;
}

function withoutUnsent(board: BoardAnswer): BoardAnswer {
  const has = board.columns.some(({ cards }) => cards.some(isUnsent));
  if (!has) return board;
  return {
    columns: board.columns.map((column) => {
      const cards = column.cards.filter((card) => !isUnsent(card));
      return { ...column, cards, count: column.count - (column.cards.length - cards.length) };
    }),
  };
}
