/** What the overview of a project reads and changes. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AddStatusUpdateRequest,
  OverviewAnswer,
  StatusUpdateAnswer,
  StatusUpdatesAnswer,
} from '../../../wire/overview.ts';
import type { Project } from '../../../wire/project.ts';
import { callApi } from '../api/client.ts';
import { retryUpTo } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { useToday } from '../kit/clock.ts';
import { showProblem } from '../kit/toast.tsx';

export function useOverview(key: string) {
  const today = useToday();
  return useQuery({
    queryKey: ['overview', key, today],
    queryFn: () => callApi<OverviewAnswer>('GET', `/projects/${key}/overview?today=${today}`),
    // It tells what happened last, and every screen may have made it happen.
    staleTime: 0,
  });
}

export function useAllUpdates(key: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['status-updates', key],
    queryFn: async () => (await callApi<StatusUpdatesAnswer>('GET', `/projects/${key}/status-updates`)).updates,
    enabled: isWanted,
  });
}

export function useAddUpdate(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: AddStatusUpdateRequest) =>
      callApi<StatusUpdateAnswer>('POST', `/projects/${key}/status-updates`, request),
    retry: retryUpTo(1),
    onSuccess() {
      void cache.invalidateQueries({ queryKey: ['overview', key] });
      void cache.invalidateQueries({ queryKey: ['status-updates', key] });
    },
  });
}

export function useFavourite(project: Project) {
  const cache = useQueryClient();
  const { key } = project;
  const show = (isFavourite: boolean): void =>
    void cache.setQueryData<Project>(keys.project(key), (known) => known && { ...known, isFavourite });
  return useMutation({
    mutationFn: (isFavourite: boolean) => callApi<void>(isFavourite ? 'PUT' : 'DELETE', `/projects/${key}/favourite`),
    onMutate: show,
    onSuccess: () => void cache.invalidateQueries({ queryKey: keys.projects }),
    onError(error, isFavourite) {
      show(!isFavourite);
      showProblem(error);
    },
  });
}
