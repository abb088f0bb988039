/** Projects into the trash, out of it, and their end. What is shown of them is everywhere, so everything is asked for again. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TrashedProjectsAnswer } from '../../../wire/project.ts';
import { showProblem } from '../kit/toast.tsx';
import { callApi } from './client.ts';

export function useProjectTrash() {
  return useQuery({
    queryKey: ['trashed-projects'],
    queryFn: async () => (await callApi<TrashedProjectsAnswer>('GET', '/trashed-projects')).trashedProjects,
  });
}

export const useTrashProject = () =>
  useProjectAct(({ key, version }: { key: string; version: number }) =>
    callApi<void>('DELETE', `/projects/${key}`, { version }),
  );

export const useRestoreProject = () =>
  useProjectAct((key: string) => callApi<void>('POST', `/trashed-projects/${key}/restore`, {}));

export const usePurgeProject = () =>
  useProjectAct((key: string) => callApi<void>('DELETE', `/trashed-projects/${key}`));

function useProjectAct<Wish>(mutationFn: (wish: Wish) => Promise<void>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => void cache.invalidateQueries(), onError: showProblem });
}
