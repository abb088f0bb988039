/** What is held of notifications: how many wait, the list, and how one wants to be told. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LiveBell } from '../../../wire/live.ts';
import type {
  NotificationSettings,
  NotificationSettingsAnswer,
  NotificationsAnswer,
  SetNotificationsRequest,
} from '../../../wire/notification.ts';
import { callApi } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { showProblem } from '../kit/toast.tsx';

export type Only = 'all' | 'mentions';

const settingsKey = ['notification-settings'];
const mutesKey = ['mutes'];

/** Told by the live stream alone: nothing is asked for. */
export function useUnread(): number {
  const cache = useQueryClient();
  const { data } = useQuery({
    queryKey: keys.bell,
    queryFn: () => cache.getQueryData<LiveBell>(keys.bell) ?? { unread: 0 },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.unread ?? 0;
}

export function useNotifications(only: Only) {
  const unread = useUnread();
  return useInfiniteQuery({
    // What came in since is a list of its own: the number that waits is part of its name.
    queryKey: [...keys.notifications, only, unread],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({
        ...(only === 'mentions' && { only }),
        ...(pageParam !== '' && { before: pageParam }),
      });
      return callApi<NotificationsAnswer>('GET', `/me/notifications?${query}`);
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
}

/** Without ids: all of them. */
export function useMarkRead() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ids?: readonly string[]) => callApi<void>('POST', '/me/notifications/read', ids ? { ids } : {}),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.notifications }),
    onError: showProblem,
  });
}

const keepSettings = (cache: ReturnType<typeof useQueryClient>) => (settings: NotificationSettings) =>
  cache.setQueryData(settingsKey, settings);

export function useNotificationSettings() {
  return useQuery({
    queryKey: settingsKey,
    queryFn: async () => (await callApi<NotificationSettingsAnswer>('GET', '/me/notification-settings')).settings,
  });
}

export function useSetNotifications() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: SetNotificationsRequest) =>
      callApi<NotificationSettingsAnswer>('PATCH', '/me/notification-settings', request),
    onSuccess: ({ settings }) => keepSettings(cache)(settings),
    onError: showProblem,
  });
}

/** Shown as chosen at once; one choice after another, so that the last answer has them all. */
export function useMuteProject() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ key, muted }: { key: string; muted: boolean }) =>
      callApi<NotificationSettingsAnswer>('PUT', `/projects/${key}/mute`, { muted }),
    scope: { id: 'mutes' },
    mutationKey: mutesKey,
    onMutate: ({ key, muted }) =>
      cache.setQueryData<NotificationSettings>(
        settingsKey,
        (settings) => settings && { ...settings, mutedProjects: withKey(settings.mutedProjects, key, muted) },
      ),
    onSuccess({ settings }) {
      if (cache.isMutating({ mutationKey: mutesKey }) === 1) keepSettings(cache)(settings);
    },
    onError(error) {
      showProblem(error);
      void cache.invalidateQueries({ queryKey: settingsKey });
    },
  });
}

function withKey(keys: readonly string[], key: string, isIn: boolean): readonly string[] {
  const others = keys.filter((each) => each !== key);
  return isIn ? [...others, key] : others;
}
