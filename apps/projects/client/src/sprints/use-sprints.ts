/** What the screens read and change of sprints. One change moves the numbers of several, so each answer is the whole plan. */
import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  BurndownAnswer,
  CloseSprintRequest,
  CreateSprintRequest,
  EditSprintRequest,
  PlanToDosAnswer,
  PlanToDosRequest,
  SprintCardsAnswer,
  SprintsAnswer,
} from '../../../wire/sprint.ts';
import { afterwards } from '../api/afterwards.ts';
import { callApi } from '../api/client.ts';
import { retryUpTo } from '../api/problem.ts';
import { keys, refreshToDos } from '../api/queries.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';

const sprintKeys = {
  list: (key: string) => ['sprints', key],
  cards: (key: string) => ['sprint-cards', key],
  burndown: (key: string, id: string) => ['burndown', key, id],
} as const;

export function useSprints(key: string) {
  return useQuery({
    queryKey: sprintKeys.list(key),
    queryFn: () => callApi<SprintsAnswer>('GET', `/projects/${key}/sprints`),
  });
}

/** The cards of a sprint, or with null those of the backlog, a page at a time. */
export function useSprintCards(key: string, sprintId: string | null, hidesSubtasks: boolean) {
  const path = sprintId === null ? `/projects/${key}/backlog` : `/projects/${key}/sprints/${sprintId}/to-dos`;
  return useInfiniteQuery({
    queryKey: [...sprintKeys.cards(key), sprintId ?? 'backlog', hidesSubtasks],
    queryFn: ({ pageParam }) =>
      callApi<SprintCardsAnswer>(
        'GET',
        `${path}?${new URLSearchParams({
          ...(pageParam !== '' && { afterRank: pageParam }),
          ...(hidesSubtasks && { subtasks: 'hidden' }),
        })}`.replace(/\?$/, ''),
      ),
    initialPageParam: '',
    getNextPageParam: ({ cards, more }) => (more ? cards.at(-1)?.rank : undefined),
  });
}

export function useBurndown(key: string, id: string) {
  return useQuery({
    queryKey: sprintKeys.burndown(key, id),
    queryFn: () => callApi<BurndownAnswer>('GET', `/projects/${key}/sprints/${id}/burndown`),
    // It tells what happened until now.
    staleTime: 0,
  });
}

function keep(cache: QueryClient, key: string, answer: SprintsAnswer): void {
  cache.setQueryData(sprintKeys.list(key), answer);
  // A sprint that was deleted is still shown until the page is drawn anew, and nothing is there to be asked for.
  const places = new Set<unknown>(['backlog', ...answer.sprints.map(({ id }) => id)]);
  void cache.invalidateQueries({
    queryKey: sprintKeys.cards(key),
    predicate: ({ queryKey: [, , place] }) => places.has(place),
  });
}

export function useCreateSprint(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateSprintRequest) => callApi<SprintsAnswer>('POST', `/projects/${key}/sprints`, request),
    retry: retryUpTo(1),
    onSuccess: (answer) => keep(cache, key, answer),
  });
}

export function useEditSprint(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, request }: { id: string; request: EditSprintRequest }) =>
      callApi<SprintsAnswer>('PATCH', `/projects/${key}/sprints/${id}`, request),
    onSuccess: (answer) => keep(cache, key, answer),
  });
}

export function useCloseSprint(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, request }: { id: string; request: CloseSprintRequest }) =>
      callApi<SprintsAnswer>('POST', `/projects/${key}/sprints/${id}/close`, request),
    onSuccess(answer) {
      keep(cache, key, answer);
      refreshToDos(cache, key);
    },
  });
}

export function useSprintAct(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, act, version }: { id: string; act: 'delete' | 'reopen'; version: number }) =>
      act === 'delete'
        ? callApi<SprintsAnswer>('DELETE', `/projects/${key}/sprints/${id}`, { version })
        : callApi<SprintsAnswer>('POST', `/projects/${key}/sprints/${id}/reopen`, { version }),
    onSuccess(answer) {
      keep(cache, key, answer);
      refreshToDos(cache, key);
    },
    onError: showProblem,
  });
}

/** Puts to-dos into a sprint, or with null into the backlog, and offers to put each back where it was. */
export function usePlanToDos(key: string): (request: PlanToDosRequest, placeName: string) => void {
  const cache = useQueryClient();
  const say = useSay();
  const plan = useMutation({
    mutationFn: (request: PlanToDosRequest) =>
      callApi<PlanToDosAnswer>('POST', `/projects/${key}/sprint-plan`, request),
    onSuccess() {
      for (const queryKey of [sprintKeys.list(key), sprintKeys.cards(key), keys.board(key), ['burndown', key]])
        void cache.invalidateQueries({ queryKey });
    },
    onError: showProblem,
  });
  return (request, placeName) =>
    afterwards(plan.mutateAsync(request), ({ moved }) => {
      const count = moved.length;
      const putBack = (): void => {
        for (const [sprintId, toDos] of Map.groupBy(moved, ({ fromSprintId }) => fromSprintId))
          plan.mutate({ sprintId, numbers: toDos.map(({ number }) => number) });
      };
      showDone(say('{count, plural, one {# to-do} other {# to-dos}} moved to {place}', { count, place: placeName }), {
        name: say('Undo'),
        run: putBack,
      });
    });
}
