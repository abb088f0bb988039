/** The API of what gets in without a session: a person's tokens, and the address of their calendar. By a session only. */
import { Hono } from 'hono';
import {
  type CalendarFeedAnswer,
  createTokenRequest,
  type NewTokenAnswer,
  type TokensAnswer,
} from '../../wire/token.ts';
import { type ApiEnv, answerRefusal, readBody } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import { feedPath } from '../calendar/routes.ts';
import { closeFeed, createToken, renewFeed, revokeToken } from './commands.ts';
import { presentToken } from './present.ts';

export function tokenRoutes(workspace: Workspace): Hono<ApiEnv> {
  const { db } = workspace;
  return new Hono<ApiEnv>()
    .get('/me/tokens', async (c) => {
      const rows = await db
        .selectFrom('access_tokens')
        .selectAll()
        .where('person_id', '=', c.get('person').id)
        .orderBy('created_at', 'desc')
        .execute();
      return c.json({ tokens: rows.map(presentToken) } satisfies TokensAnswer);
    })
    .post('/me/tokens', async (c) => {
      const read = await readBody(c, createTokenRequest);
      if (isRefusal(read)) return answerRefusal(c, read);
      const made = await createToken(workspace, c.get('person').id, read.body);
      if (isRefusal(made)) return answerRefusal(c, made);
      return c.json({ token: presentToken(made.row), secret: made.secret } satisfies NewTokenAnswer, 201);
    })
    .delete('/me/tokens/:tokenId', async (c) => {
      const revoked = await revokeToken(workspace, c.get('person').id, c.req.param('tokenId'));
      return isRefusal(revoked) ? answerRefusal(c, revoked) : c.body(null, 204);
    })
    .get('/me/calendar-feed', async (c) => {
      const row = await db
        .selectFrom('feed_secrets')
        .select('created_at')
        .where('person_id', '=', c.get('person').id)
        .executeTakeFirst();
      const since = row ? new Date(row.created_at).toISOString() : null;
      return c.json({ since, address: null } satisfies CalendarFeedAnswer);
    })
    .post('/me/calendar-feed', async (c) => {
      const secret = await renewFeed(workspace, c.get('person').id);
      const since = new Date(workspace.now()).toISOString();
      return c.json({ since, address: workspace.appUrl + feedPath(secret) } satisfies CalendarFeedAnswer, 201);
    })
    .delete('/me/calendar-feed', async (c) => {
      await closeFeed(workspace, c.get('person').id);
      return c.body(null, 204);
    });
}
