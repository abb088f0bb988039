/** What the pages of a project read and change of saved views. Each answer is the whole list. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CreateViewRequest,
  EditViewRequest,
  SavedView,
  SavedViewsAnswer,
  ViewPage,
} from '../../../wire/saved-view.ts';
import { callApi } from '../api/client.ts';
import { showProblem } from '../kit/toast.tsx';

const listKey = (key: string) => ['views', key] as const;

/** Without an answer there are none: to-dos are shown all the same. */
export function useSavedViews(key: string) {
  return useQuery({
    queryKey: listKey(key),
    queryFn: async () => (await callApi<SavedViewsAnswer>('GET', `/projects/${key}/views`)).views,
  });
}

type Change =
  | { readonly create: CreateViewRequest }
  | { readonly edit: SavedView; readonly to: Omit<EditViewRequest, 'version'> }
  | { readonly remove: SavedView }
  | { readonly page: ViewPage; readonly opens: string | null };

async function send(key: string, change: Change): Promise<SavedViewsAnswer> {
  const path = `/projects/${key}/views`;
  if ('create' in change) return callApi('POST', path, change.create);
  if ('edit' in change)
    return callApi('PATCH', `${path}/${change.edit.id}`, { version: change.edit.version, ...change.to });
  if ('remove' in change) return callApi('DELETE', `${path}/${change.remove.id}`, { version: change.remove.version });
  return callApi('PUT', `/projects/${key}/opening-views/${change.page}`, { viewId: change.opens });
}

/** What could not be done is told in a message; a dialog that tells it itself passes `isTold`. */
export function useChangeViews(key: string, isTold = false) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => send(key, change),
    onSuccess: ({ views }) => cache.setQueryData(listKey(key), views),
    onError(error) {
      if (!isTold) showProblem(error);
      void cache.invalidateQueries({ queryKey: listKey(key) });
    },
  });
}
