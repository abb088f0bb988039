/** What the server finds for a query, asked a moment after the last key. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchAnswer, SearchResult } from '../../../wire/search.ts';
import { callApi } from '../api/client.ts';
import { useSettled } from '../kit/use-settled.ts';
import { boardPath, goalsPath, milestonesPath, toDoPathAt } from '../shell/places.ts';

export function useSearch(query: string, max: number) {
  const asked = useSettled(query.trim());
  return useQuery({
    queryKey: ['search', asked, max],
    queryFn: async () =>
      (await callApi<SearchAnswer>('GET', `/search?q=${encodeURIComponent(asked)}&max=${max}`)).results,
    enabled: asked !== '',
    placeholderData: keepPreviousData<readonly SearchResult[] | undefined>,
  });
}

export function pathOf(result: SearchResult): string {
  switch (result.kind) {
    case 'toDo':
      return toDoPathAt(result.projectKey, result.number, result.commentId);
    case 'project':
      return boardPath(result.projectKey);
    case 'milestone':
      return milestonesPath(result.projectKey);
    case 'goal':
      return goalsPath(result.projectKey);
  }
}

export const idOf = (result: SearchResult): string =>
  result.kind === 'toDo' ? `${result.projectKey}-${result.number}` : `${result.kind}-${result.id}`;
