/** What the screens read and change of milestones. A change is seen at once on the list and on the timeline. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AllMilestonesAnswer,
  CreateMilestoneRequest,
  EditMilestoneRequest,
  Milestone,
  MilestoneAnswer,
  MilestonesAnswer,
  TimelineAnswer,
} from '../../../wire/milestone.ts';
import { callApi } from '../api/client.ts';
import { retryUpTo } from '../api/problem.ts';
import { refreshToDos } from '../api/queries.ts';
import { showProblem } from '../kit/toast.tsx';

export const milestoneKeys = {
  all: ['all-milestones'],
  list: (key: string) => ['milestones', key],
  timeline: (key: string) => ['timeline', key],
} as const;

export function useMilestones(key: string) {
  return useQuery({
    queryKey: milestoneKeys.list(key),
    queryFn: () => callApi<MilestonesAnswer>('GET', `/projects/${key}/milestones`),
  });
}

export function useTimeline(key: string) {
  return useQuery({
    queryKey: milestoneKeys.timeline(key),
    queryFn: () => callApi<TimelineAnswer>('GET', `/projects/${key}/timeline`),
  });
}

export function useAllMilestones() {
  return useQuery({
    queryKey: milestoneKeys.all,
    queryFn: () => callApi<AllMilestonesAnswer>('GET', '/milestones'),
  });
}

type ListChange = (milestones: readonly Milestone[]) => readonly Milestone[];

export function changeMilestones(cache: QueryClient, key: string, change: ListChange): void {
  const apply = <Answer extends MilestonesAnswer>(answer: Answer | undefined): Answer | undefined =>
    answer && { ...answer, milestones: change(answer.milestones) };
  cache.setQueryData<MilestonesAnswer>(milestoneKeys.list(key), apply);
  cache.setQueryData<TimelineAnswer>(milestoneKeys.timeline(key), apply);
}

const put =
  (milestone: Milestone): ListChange =>
  (all) =>
    all.some(({ id }) => id === milestone.id)
      ? all.map((each) => (each.id === milestone.id ? milestone : each))
      : [...all, milestone];

export function refreshPlans(cache: QueryClient, key: string): void {
  void cache.invalidateQueries({ queryKey: milestoneKeys.list(key) });
  void cache.invalidateQueries({ queryKey: milestoneKeys.timeline(key) });
  refreshAround(cache, key);
}

/** What tells of milestones elsewhere. */
function refreshAround(cache: QueryClient, key: string): void {
  void cache.invalidateQueries({ queryKey: ['overview', key] });
  void cache.invalidateQueries({ queryKey: ['goals', key] });
  void cache.invalidateQueries({ queryKey: milestoneKeys.all });
}

export function useCreateMilestone(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateMilestoneRequest) =>
      callApi<MilestoneAnswer>('POST', `/projects/${key}/milestones`, request),
    // The creation key makes a second try harmless.
    retry: retryUpTo(1),
    onSuccess({ milestone }) {
      changeMilestones(cache, key, put(milestone));
      refreshAround(cache, key);
    },
  });
}

export function useEditMilestone(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, request }: { id: string; request: EditMilestoneRequest }) =>
      callApi<MilestoneAnswer>('PATCH', `/projects/${key}/milestones/${id}`, request),
    onSuccess({ milestone }) {
      changeMilestones(cache, key, put(milestone));
      refreshAround(cache, key);
    },
  });
}

export function useMoveMilestone(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, afterId }: { id: string; afterId: string | null }) =>
      callApi<MilestoneAnswer>('POST', `/projects/${key}/milestones/${id}/move`, { afterId }),
    onMutate({ id, afterId }) {
      changeMilestones(cache, key, (all) => {
        const moved = all.find((each) => each.id === id);
        if (!moved) return all;
        const others = all.filter((each) => each.id !== id);
        return others.toSpliced(others.findIndex((each) => each.id === afterId) + 1, 0, moved);
      });
    },
    onError(error) {
      showProblem(error);
      refreshPlans(cache, key);
    },
  });
}

export function useDeleteMilestone(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      callApi<void>('DELETE', `/projects/${key}/milestones/${id}`, { version }),
    onSuccess(_, { id }) {
      changeMilestones(cache, key, (all) => all.filter((each) => each.id !== id));
      // What waited for it waits no more, and its to-dos are in none.
      refreshPlans(cache, key);
      refreshToDos(cache, key);
    },
    onError: showProblem,
  });
}
