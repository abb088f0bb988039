/**
 * Signing out at the portal: a question, then the end of the portal's session and of the provider's. `rd` leads on to a
 * page of the house, and only there.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Hono } from 'hono';
import type { PortalEnv } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { Sessions } from '../session/sessions.ts';
import { type SafePlaces, safeTarget } from '../sign-in/safe-target.ts';
import { type SignOutFrame, signedOutPage, signOutPage } from './sign-out.page.ts';

export type SignOutServices = {
  readonly sessions: Pick<Sessions, 'fromRequest' | 'end'>;
  readonly places: SafePlaces;
  /** Ends what the provider keeps about this browser. May set cookies on `res`. Answers with pages that the browser is to open. */
  endProviderSession(req: IncomingMessage, res: ServerResponse): Promise<readonly SignOutFrame[]>;
};

export function signOutRoutes(services: SignOutServices): Hono<PortalEnv> {
  const { sessions } = services;
  const routes = new Hono<PortalEnv>();

  routes.get('/', async (c) => {
    const session = await sessions.fromRequest(c.env.incoming);
    if (!session) return respond(c, signedOutPage(c.var.look));
    const rd = c.req.query('rd');
    const page = signOutPage(c.var.look, { action: '/logout', fields: rd ? { rd } : {}, username: session.username });
    return respond(c, page, { formsLead: 'onward' });
  });

  routes.post('/', async (c) => {
    const { incoming } = c.env;
    const outgoing = c.env.outgoing as ServerResponse;
    const frames = await services.endProviderSession(incoming, outgoing);
    // Cookies set on the raw response would be overwritten by those of this answer.
    for (const cookie of [outgoing.getHeader('set-cookie') ?? []].flat())
      c.header('Set-Cookie', String(cookie), { append: true });
    const cleared = await sessions.end(incoming);
    if (cleared) c.header('Set-Cookie', cleared, { append: true });
    const { rd } = await c.req.parseBody();
    const target = typeof rd === 'string' ? safeTarget(rd, services.places) : undefined;
    if (frames.length === 0) return c.redirect(target ?? '/logout', 303);
    const page = signedOutPage(c.var.look, { frames, ...(target !== undefined && { onward: target }) });
    return respond(c, page, { frames: frames.map(({ origin }) => origin) });
  });
  return routes;
}
