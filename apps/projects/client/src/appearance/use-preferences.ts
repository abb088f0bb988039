/** Reads and changes what somebody prefers: seen at once, kept by the server, taken back when it could not be. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type EditPreferencesRequest,
  type Preferences,
  type PreferencesAnswer,
  readPreferences,
} from '../../../wire/preferences.ts';
import { callApi } from '../api/client.ts';
import { showProblem } from '../kit/toast.tsx';
import { applyLooks } from './apply.ts';

const preferencesKey = ['preferences'];

export function usePreferences() {
  return useQuery({
    queryKey: preferencesKey,
    queryFn: async () => (await callApi<PreferencesAnswer>('GET', '/me/preferences')).preferences,
  });
}

export function useEditPreferences() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: EditPreferencesRequest) => callApi<PreferencesAnswer>('PATCH', '/me/preferences', request),
    // One after the other: the last choice is the one that holds.
    scope: { id: 'preferences' },
    onMutate(request) {
      const before = cache.getQueryData<Preferences>(preferencesKey);
      applyLooks(request);
      cache.setQueryData<Preferences>(preferencesKey, (known) => known && readPreferences({ ...known, ...request }));
      return before;
    },
    onSuccess({ preferences }, { language }) {
      cache.setQueryData(preferencesKey, preferences);
      // Every word of the page changes.
      if (language !== undefined) window.location.reload();
    },
    onError(error, _, before) {
      showProblem(error);
      if (before) applyLooks(before);
      void cache.invalidateQueries({ queryKey: preferencesKey });
    },
  });
}
