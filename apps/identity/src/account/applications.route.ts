/**
 * What applications may see of a person, and the way to take it back. Being signed in is enough: it only ever gives less away.
 */
import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import { respond } from '../pages/respond.ts';
import { paths, pathWith } from './account.paths.ts';
import { type ApplicationAccess, applicationsPage } from './applications.page.ts';
import type { AccountNavigation } from './places.ts';
import { readForm } from './read-form.ts';
import type { AccountEnv, Visits } from './visit.ts';

export type Applications = {
  /** At the portal that the request came to, the one allowed last first. */
  of(req: IncomingMessage, username: string): Promise<readonly ApplicationAccess[]>;
  /** No answer is remembered and no token works any longer. */
  withdraw(req: IncomingMessage, username: string, clientId: string): Promise<void>;
};

export type ApplicationsParts = {
  readonly applications: Applications;
  readonly navigation: AccountNavigation;
  readonly nowMs: () => number;
};

export function applicationsRoutes(parts: ApplicationsParts, visits: Visits): Hono<AccountEnv> {
  const { applications } = parts;
  const routes = new Hono<AccountEnv>();

  routes.get(paths.applications, (c) =>
    visits.visited(c, paths.applications, async ({ session: { username } }) => {
      const page = applicationsPage(c.var.look, {
        navigation: parts.navigation(c.var.look, 'applications'),
        username,
        applications: await applications.of(c.env.incoming, username),
        nowMs: parts.nowMs(),
        isWithdrawn: c.req.query('notice') === 'withdrawn',
      });
      return respond(c, page);
    }),
  );

  routes.post(paths.withdraw, (c) =>
    visits.visited(c, paths.applications, async (visit) => {
      const clientId = (await readForm(c)).client ?? '';
      const known = await applications.of(c.env.incoming, visit.session.username);
      if (!known.some((each) => each.clientId === clientId)) return c.redirect(paths.applications, 303);
      await applications.withdraw(c.env.incoming, visit.session.username, clientId);
      visits.note(visit, 'Took back what an application may see', { client: clientId });
      return c.redirect(pathWith(paths.applications, { notice: 'withdrawn' }), 303);
    }),
  );

  return routes;
}
