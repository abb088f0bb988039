/**
 * Mounts, in order; holds no logic. What counts requests and health first, then who is asking, then signing in and out, then what signed-in people
 * use. A feature is a function that adds its routes.
 */
import { securityHeaders } from '@gatehouse/web/security-headers.ts';
import { Hono, type MiddlewareHandler } from 'hono';
import { letGoOfBody } from './let-go.ts';
import type { AppEnv } from './session/person.ts';

export type App = Hono<AppEnv>;
export type Feature = (app: App) => void;

export type AppServices = {
  readonly contentSecurityPolicy: string;
  /** Refuses changes that come from another site. */
  readonly sameOrigin: MiddlewareHandler;
  /** Sets the person of the request, from its session. */
  readonly readPerson: MiddlewareHandler<AppEnv>;
  /** Refuses addresses that the database cannot look for. */
  readonly refuseNul: MiddlewareHandler;
  /** Sees every request and its answer. */
  readonly countRequests?: MiddlewareHandler | undefined;
  readonly health: Feature;
  readonly onFailure: Parameters<App['onError']>[0];
  readonly onMissing: Parameters<App['notFound']>[0];
  /** In order; the client's catch-all page stands last. */
  readonly features: readonly Feature[];
};

export function createApp(services: AppServices): App {
  const app = new Hono<AppEnv>();
  app.onError(services.onFailure);
  app.notFound(services.onMissing);
  app.use(letGoOfBody);
  if (services.countRequests) app.use(services.countRequests);
  app.use(securityHeaders(services.contentSecurityPolicy));
  services.health(app);
  app.use(services.sameOrigin);
  app.use(services.readPerson);
  app.use(services.refuseNul);
  for (const mount of services.features) mount(app);
  return app;
}
