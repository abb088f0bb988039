/** Whoever has a to-do before them has read what they were told of it, and need not be told again, by mail or by the bell. */
import { useEffect } from 'react';
import type { ReadNotificationsRequest } from '../../../wire/notification.ts';
import { callApi } from '../api/client.ts';
import { useUnread } from './queries.ts';

/**
 * Marks what was told of this to-do as read, now and as more comes in, while the page is the one that is worked in. Where it
 * cannot be sent it stays unread: nobody has to hear of that.
 */
export function useReadHere(projectKey: string, number: number): void {
  const unread = useUnread();
  useEffect(() => {
    if (unread === 0) return;
    const request: ReadNotificationsRequest = { toDo: { projectKey, number } };
    const read = (): void => {
      if (document.hasFocus()) callApi('POST', '/me/notifications/read', request).catch(() => undefined);
    };
    read();
    window.addEventListener('focus', read);
    return () => window.removeEventListener('focus', read);
  }, [projectKey, number, unread]);
}
