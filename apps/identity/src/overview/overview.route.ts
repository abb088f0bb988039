/**
 * The front door: the overview of whoever is signed in, the sign-in for everybody else. Proxies send people here with the
 * page they wanted; the old addresses of Authelia's pages lead on to ours.
 */
import type { IncomingMessage } from 'node:http';
import { type Context, Hono } from 'hono';
import type { Identity } from '../directory/directory.ts';
import type { Html, Look, PortalEnv } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { People } from '../session/people.ts';
import type { Sessions } from '../session/sessions.ts';
import type { SecondFactors } from '../sign-in/second-factors.ts';
import { type Agreement, overviewPage } from './overview.page.ts';

export type OverviewServices = {
  readonly sessions: Pick<Sessions, 'fromRequest'>;
  readonly people: Pick<People, 'find'>;
  /** The pages of an account beside this one. */
  readonly navigation: (look: Look) => Html;
  readonly secondFactors: Pick<SecondFactors, 'methodsOf' | 'offered'>;
  /** The public origin of the portal that this request came to. */
  readonly originOf: (req: IncomingMessage) => string | undefined;
  /** Where second factors are managed. */
  readonly factorsAddress: string;
  /** Absent where passwords are changed elsewhere. */
  readonly passwordAddress?: string;
  /** What this person agreed to, newest first. */
  agreements(identity: Identity, req: IncomingMessage): Promise<readonly Agreement[]>;
};

export function overviewRoutes(services: OverviewServices): Hono<PortalEnv> {
  const { sessions, people } = services;
  const routes = new Hono<PortalEnv>();

  routes.get('/', async (c) => {
    if (c.req.query('rd')) return toSignIn(c);
    const session = await sessions.fromRequest(c.env.incoming);
    const person = session && (await people.find(session.username));
    if (!session || person?.kind !== 'found') return toSignIn(c);
    const rpId = URL.parse(services.originOf(c.env.incoming) ?? '')?.hostname ?? '';
    const [has, agreements] = await Promise.all([
      services.secondFactors.methodsOf(session.username, rpId),
      services.agreements(person.identity, c.env.incoming),
    ]);
    const { factorsAddress, passwordAddress } = services;
    const addresses = { factorsAddress, ...(passwordAddress !== undefined && { passwordAddress }) };
    const factors = services.secondFactors.offered.map((method) => ({ method, isOn: has.includes(method) }));
    return respond(
      c,
      overviewPage(c.var.look, {
        navigation: services.navigation(c.var.look),
        identity: person.identity,
        factors,
        agreements,
        ...addresses,
      }),
    );
  });
  routes.get('/authenticated', (c) => c.redirect('/', 303));
  for (const path of ['/2fa/one-time-password', '/2fa/webauthn', '/2fa/push-notification', '/2fa/password'])
    routes.get(path, toSignIn);
  routes.get('/settings/security', (c) => c.redirect('/', 303));
  return routes;
}

/** Keeps what the proxy said about the page that was wanted. */
function toSignIn(c: Context<PortalEnv>): Response {
  const query = new URLSearchParams();
  for (const name of ['rd', 'rm']) {
    const value = c.req.query(name);
    if (value) query.set(name, value);
  }
  return c.redirect(`/sign-in/portal${query.size === 0 ? '' : `?${query}`}`, 303);
}
