/**
 * The portal's HTTP application: what stands where, in order. It holds no logic; protocol paths are the provider's and never
 * get here.
 */

import { requireSameOrigin } from '@gatehouse/web/same-origin.ts';
import { securityHeaders } from '@gatehouse/web/security-headers.ts';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { requireForm } from './form-body.ts';
import { type OverviewServices, overviewRoutes } from './overview/overview.route.ts';
import type { Assets } from './pages/assets.ts';
import { errorPage } from './pages/error.page.ts';
import { closedPolicy, respond } from './pages/respond.ts';
import { words } from './pages/words.ts';
import { type SignInServices, signInRoutes } from './sign-in/sign-in.route.ts';
import { type SignOutServices, signOutRoutes } from './sign-out/sign-out.route.ts';

type Env = { Bindings: HttpBindings };

export type AppServices = SignInServices &
  OverviewServices &
  SignOutServices & {
    readonly assets: Pick<Assets, 'routes'>;
    /** The public origin of the portal that this request came to; undefined for a name that is none. */
    readonly originOf: (req: HttpBindings['incoming']) => string | undefined;
    /** Mounted at the root: `/settings`, `/revoke`. */
    readonly account?: Hono<Env>;
    /** Gets what went wrong; answers with a reference that a person can give on. */
    readonly onFailure: (cause: unknown) => string;
  };

const formBytesMax = 64 * 1024;

export function createApp(services: AppServices): Hono<Env> {
  const { look } = services;
  const app = new Hono<Env>();
  const say = (
    c: Context,
    status: number,
    code: string,
    text: (typeof words)['foreign' | 'notFound' | 'elsewhere' | 'tooLarge' | 'noForm'],
  ) => respond(c, errorPage(look, { ...text, status, code, back: { label: words.overview, href: '/' } }), { status });

  app.use(securityHeaders(closedPolicy));
  app.get('/api/health', (c) => c.json({ status: 'OK' }));
  app.route('/', services.assets.routes);
  app.use(async (c, next) =>
    services.originOf(c.env.incoming) === undefined ? say(c, 421, 'unknown_host', words.elsewhere) : next(),
  );
  app.use(
    requireSameOrigin({
      ownOrigin: (c) => services.originOf(c.env.incoming),
      onRefused: (c) => say(c, 403, 'cross_site_request', words.foreign),
    }),
  );
  app.use(
    requireForm({
      bytesMax: formBytesMax,
      onTooLarge: (c) => say(c, 413, 'form_too_large', words.tooLarge),
      onOther: (c) => say(c, 415, 'not_a_form', words.noForm),
    }),
  );
  app.route('/sign-in', signInRoutes(services));
  app.route('/logout', signOutRoutes(services));
  if (services.account) app.route('/', services.account);
  app.route('/', overviewRoutes(services));

  app.notFound((c) => say(c, 404, 'not_found', words.notFound));
  app.onError((cause, c) => {
    const code = services.onFailure(cause);
    const { title, heading, what, todo } = words.broken;
    const page = errorPage(look, {
      status: 500,
      code,
      title,
      heading,
      what,
      todo,
      back: { label: words.overview, href: '/' },
    });
    return respond(c, page, { status: 500 });
  });
  return app;
}
