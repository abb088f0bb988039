/** The API of one's own notifications. */
import { type Context, Hono } from 'hono';
import {
  muteRequest,
  type NotificationSettingsAnswer,
  type NotificationsAnswer,
  notificationsQuery,
  readNotificationsRequest,
  setNotificationsRequest,
} from '../../wire/notification.ts';
import { projectOf } from '../api/enforce.ts';
import { type ApiEnv, answerRefusal, readBody, readQuery } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { markRead, muteProject, setNotifications } from './commands.ts';
import { countOwnUnread, listNotifications, readSettings } from './queries.ts';

export function notificationRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;

  async function answerSettings(c: Context<ApiEnv>): Promise<Response> {
    const settings = await readSettings(db, c.get('person').id, workspace.mailWorks);
    return c.json({ settings } satisfies NotificationSettingsAnswer);
  }

  return new Hono<ApiEnv>()
    .get('/me/notifications', async (c) => {
      const read = readQuery(c, notificationsQuery);
      if (isRefusal(read)) return answerRefusal(c, read);
      const viewer = c.get('person');
      const page = await listNotifications(db, viewer, read.body);
      const unread = await countOwnUnread(db, viewer);
      return c.json({ ...page, unread } satisfies NotificationsAnswer);
    })
    .post('/me/notifications/read', async (c) => {
      const read = await readBody(c, readNotificationsRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      await markRead(workspace, c.get('person').id, read.body);
      return c.body(null, 204);
    })
    .get('/me/notification-settings', answerSettings)
    .patch('/me/notification-settings', async (c) => {
      const read = await readBody(c, setNotificationsRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      await setNotifications(workspace, c.get('person').id, read.body);
      return answerSettings(c);
    })
    .put('/projects/:key/mute', async (c) => {
      const read = await readBody(c, muteRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      await muteProject(workspace, c.get('person').id, projectOf(c).row.id, read.body.muted);
      return answerSettings(c);
    });
}
