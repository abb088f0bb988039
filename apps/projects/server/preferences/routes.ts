/** The API of what somebody prefers. Each answer brings the cookie along that carries it to the pages. */
import { Hono } from 'hono';
import { editPreferencesRequest, type PreferencesAnswer } from '../../wire/preferences.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { carryLooks } from './looks.ts';
import { findPreferences, keepPreferences } from './store.ts';

export function preferenceRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;
  const secure = workspace.appUrl.startsWith('https:');
  return new Hono<ApiEnv>()
    .get('/me/preferences', async (c) => {
      const preferences = await findPreferences(db, c.get('person').id);
      return c.json({ preferences } satisfies PreferencesAnswer);
    })
    .patch('/me/preferences', async (c) => {
      const read = await readBody(c, editPreferencesRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const { id } = c.get('person');
      await keepPreferences(workspace, id, read.body);
      const preferences = await findPreferences(db, id);
      carryLooks(c, preferences, secure);
      return c.json({ preferences } satisfies PreferencesAnswer);
    });
}
