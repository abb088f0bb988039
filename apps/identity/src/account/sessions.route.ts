/**
 * A person's own sessions: see them, end one, end all others. Being signed in is enough: who may read somebody's mail and
 * not their browser must not be the only one to throw an intruder out.
 */
import { type Context, Hono } from 'hono';
import { respond } from '../pages/respond.ts';
import type { OwnSessions } from '../session/own-sessions.ts';
import { paths, pathWith } from './account.paths.ts';
import { passwordPaths } from './password.paths.ts';
import type { AccountNavigation } from './places.ts';
import { readForm } from './read-form.ts';
import { sessionsPage } from './sessions.page.ts';
import type { AccountEnv, VisitParts, Visits } from './visit.ts';

export type SessionsParts = Pick<VisitParts, 'nowMs'> & {
  readonly ownSessions: OwnSessions;
  readonly navigation: AccountNavigation;
  readonly mayChangePassword: boolean;
};

export function sessionsRoutes(parts: SessionsParts, visits: Visits): Hono<AccountEnv> {
  const { ownSessions } = parts;
  const routes = new Hono<AccountEnv>();
  const home = paths.sessions;

  function back(c: Context<AccountEnv>, notice: 'ended' | 'others' | 'gone'): Response {
    return c.redirect(pathWith(home, { notice }), 303);
  }

  routes.get(home, (c) =>
    visits.visited(c, home, async ({ session }) => {
      const note = c.req.query('notice');
      const page = sessionsPage(c.var.look, {
        navigation: parts.navigation(c.var.look, 'sessions'),
        username: session.username,
        sessions: await ownSessions.list(session.username),
        here: session,
        nowMs: parts.nowMs(),
        passwordAddress: parts.mayChangePassword ? passwordPaths.change : undefined,
        notice: note === 'ended' || note === 'others' || note === 'gone' ? note : undefined,
      });
      return respond(c, page);
    }),
  );

  routes.post(paths.endSession, (c) =>
    visits.visited(c, home, async (visit) => {
      const id = (await readForm(c)).session ?? '';
      if ((await ownSessions.end(visit.session.username, id)) === 'unknown') return back(c, 'gone');
      visits.note(visit, 'Ended a session of theirs', { ended: id });
      return back(c, 'ended');
    }),
  );

  routes.post(paths.endOthers, (c) =>
    visits.visited(c, home, async (visit) => {
      const { username, id } = visit.session;
      await ownSessions.endOthers(username, id);
      visits.note(visit, 'Ended all their other sessions');
      return back(c, 'others');
    }),
  );

  return routes;
}
