/** What the screens read and change of goals. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CheckInRequest,
  CreateGoalRequest,
  EditGoalRequest,
  GoalAnswer,
  GoalsAnswer,
  GoalValuesAnswer,
} from '../../../wire/goal.ts';
import { callApi } from '../api/client.ts';
import { retryUpTo } from '../api/problem.ts';
import { showProblem } from '../kit/toast.tsx';

const goalKeys = {
  list: (key: string) => ['goals', key],
  values: (key: string, id: string) => ['goal-values', key, id],
} as const;

export function useGoals(key: string) {
  return useQuery({
    queryKey: goalKeys.list(key),
    queryFn: () => callApi<GoalsAnswer>('GET', `/projects/${key}/goals`),
  });
}

export function useGoalValues(key: string, id: string) {
  return useQuery({
    queryKey: goalKeys.values(key, id),
    queryFn: async () => (await callApi<GoalValuesAnswer>('GET', `/projects/${key}/goals/${id}/values`)).values,
  });
}

function refresh(cache: QueryClient, key: string): void {
  for (const queryKey of [goalKeys.list(key), ['goal-values', key], ['overview', key]])
    void cache.invalidateQueries({ queryKey });
}

export function useCreateGoal(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateGoalRequest) => callApi<GoalAnswer>('POST', `/projects/${key}/goals`, request),
    retry: retryUpTo(1),
    onSuccess: () => refresh(cache, key),
  });
}

export function useEditGoal(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, request }: { id: string; request: EditGoalRequest }) =>
      callApi<GoalAnswer>('PATCH', `/projects/${key}/goals/${id}`, request),
    onSuccess: () => refresh(cache, key),
  });
}

export function useCheckIn(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, request }: { id: string; request: CheckInRequest }) =>
      callApi<GoalAnswer>('POST', `/projects/${key}/goals/${id}/values`, request),
    retry: retryUpTo(1),
    onSuccess: () => refresh(cache, key),
  });
}

export function useDeleteGoal(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      callApi<void>('DELETE', `/projects/${key}/goals/${id}`, { version }),
    onSuccess: () => refresh(cache, key),
    onError: showProblem,
  });
}
