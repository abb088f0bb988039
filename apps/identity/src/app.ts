/**
 * The portal's HTTP application: what stands where, in order. It holds no logic; protocol paths are the provider's and never
 * get here.
 */

import { isDatabaseAway } from '@gatehouse/storage/away.ts';
import { refuseNulInAddress, refuseNulInForm } from '@gatehouse/web/nul.ts';
import { requireSameOrigin } from '@gatehouse/web/same-origin.ts';
import { securityHeaders } from '@gatehouse/web/security-headers.ts';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { againPath } from './account/return-path.ts';
import { type AppearanceServices, appearanceRoutes, withLook } from './appearance/appearance.route.ts';
import { requireForm } from './form-body.ts';
import { type OverviewServices, overviewRoutes } from './overview/overview.route.ts';
import type { Assets } from './pages/assets.ts';
import { errorPage } from './pages/error.page.ts';
import type { PortalEnv } from './pages/look.ts';
import { closedPolicy, respond } from './pages/respond.ts';
import { wordsIn } from './pages/words.ts';
import { type PrivacyServices, privacyRoutes, requireAcceptance } from './privacy/privacy.route.ts';
import { TriesHeldUp } from './regulation/tries.ts';
import { type SignInServices, signInRoutes } from './sign-in/sign-in.route.ts';
import { type SignOutServices, signOutRoutes } from './sign-out/sign-out.route.ts';

export type AppServices = SignInServices &
  AppearanceServices &
  PrivacyServices &
  OverviewServices &
  SignOutServices & {
    readonly assets: Pick<Assets, 'routes'>;
    /** The public origin of the portal that this request came to; undefined for a name that is none. */
    readonly originOf: (req: HttpBindings['incoming']) => string | undefined;
    /** Mounted at the root: `/settings`, `/revoke`. */
    readonly account?: Hono<PortalEnv>;
    /** Gets what went wrong; answers with a reference that a person can give on. */
    readonly onFailure: (cause: unknown) => string;
  };

const formBytesMax = 64 * 1024;
/** After which a database that was away is asked again. */
const awaySeconds = 30;

export function createApp(services: AppServices): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>();
  type Refused = 'foreign' | 'notFound' | 'elsewhere' | 'tooLarge' | 'noForm' | 'unkeepable';
  const refuse = (c: Context<PortalEnv>, status: number, code: string, why: Refused) => {
    const words = wordsIn(c.var.look.say);
    const back = { label: words.overview, href: '/' };
    return respond(c, errorPage(c.var.look, { ...words[why], status, code, back }), { status });
  };

  app.use(securityHeaders(closedPolicy));
  app.get('/api/health', (c) => c.json({ status: 'OK' }));
  app.route('/', services.assets.routes);
  app.use(withLook(services));
  app.use(async (c, next) =>
    services.originOf(c.env.incoming) === undefined ? refuse(c, 421, 'unknown-host', 'elsewhere') : next(),
  );
  app.use(
    requireSameOrigin({
      ownOrigin: (c) => services.originOf(c.env.incoming),
      onRefused: (c) => refuse(c, 403, 'cross-site-request', 'foreign'),
    }),
  );
  app.use(
    requireForm({
      bytesMax: formBytesMax,
      onTooLarge: (c) => refuse(c, 413, 'form-too-large', 'tooLarge'),
      onOther: (c) => refuse(c, 415, 'not-a-form', 'noForm'),
    }),
  );
  const refuseNul = (c: Context<PortalEnv>) => refuse(c, 400, 'unkeepable-character', 'unkeepable');
  app.use(refuseNulInAddress(refuseNul), refuseNulInForm(refuseNul));
  app.use('/sign-in/*', requireAcceptance(services));
  app.route('/', privacyRoutes(services));
  app.route('/sign-in', signInRoutes(services));
  app.route('/logout', signOutRoutes(services));
  app.route('/', appearanceRoutes(services));
  if (services.account) app.route('/', services.account);
  app.route('/', overviewRoutes(services));

  app.notFound((c) => refuse(c, 404, 'not-found', 'notFound'));
  app.onError((cause, c) => {
    const code = services.onFailure(cause);
    // Before the first room has been entered there is no look yet.
    const look = c.var.look ?? services.lookOf(c.env.incoming);
    const words = wordsIn(look.say);
    const isAway = isDatabaseAway(cause) || cause instanceof TriesHeldUp;
    const again = isAway ? againPath(c.req) : undefined;
    const back = again ? { label: words.tryAgain, href: again } : { label: words.overview, href: '/' };
    const status = isAway ? 503 : 500;
    if (isAway) c.header('Retry-After', String(awaySeconds));
    const page = errorPage(look, { ...(isAway ? words.away : words.broken), status, code, back });
    return respond(c, page, { status });
  });
  return app;
}
