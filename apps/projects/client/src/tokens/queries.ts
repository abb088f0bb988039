/** What is held of one's tokens and calendar address. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CalendarFeedAnswer, CreateTokenRequest, NewTokenAnswer, TokensAnswer } from '../../../wire/token.ts';
import { callApi } from '../api/client.ts';
import { showProblem } from '../kit/toast.tsx';

const tokensKey = ['tokens'];
const feedKey = ['calendar-feed'];

export function useTokens() {
  return useQuery({
    queryKey: tokensKey,
    queryFn: async () => (await callApi<TokensAnswer>('GET', '/me/tokens')).tokens,
  });
}

export function useCreateToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateTokenRequest) => callApi<NewTokenAnswer>('POST', '/me/tokens', request),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensKey }),
  });
}

export function useRevokeToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => callApi<void>('DELETE', `/me/tokens/${encodeURIComponent(id)}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensKey }),
    onError: showProblem,
  });
}

export function useFeed() {
  return useQuery({
    queryKey: feedKey,
    queryFn: () => callApi<CalendarFeedAnswer>('GET', '/me/calendar-feed'),
    // The address is told once: reading again would take it off the page.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useRenewFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => callApi<CalendarFeedAnswer>('POST', '/me/calendar-feed', {}),
    onSuccess: (feed) => cache.setQueryData(feedKey, feed),
    onError: showProblem,
  });
}

export function useCloseFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => callApi<void>('DELETE', '/me/calendar-feed'),
    onSuccess: () => cache.setQueryData<CalendarFeedAnswer>(feedKey, { since: null, address: null }),
    onError: showProblem,
  });
}
