/** `server`: the proxies' endpoints and the rate limits that hold when nothing is written. */
import type { Stated } from '../schema/configuration.ts';

type StatedServer = Stated['server'];
type StatedLimits = StatedServer['endpoints']['rate_limits'];

export type RateLimitName = keyof StatedLimits;
/** One bucket: `requests` at once, then one per `period` (seconds). */
export type Bucket = { readonly period: number; readonly requests: number };
export type RateLimit = { readonly enable: boolean; readonly buckets: readonly Bucket[] };

export type Implementation = 'ForwardAuth' | 'AuthRequest' | 'ExtAuthz' | 'Legacy';
export type AuthnStrategy = {
  readonly name: string;
  readonly schemes: readonly string[];
  readonly scheme_basic_cache_lifespan: number;
};
export type AuthzEndpoint = {
  readonly implementation: Implementation;
  readonly authn_strategies: readonly AuthnStrategy[];
};

export type Server = Readonly<Omit<StatedServer, 'endpoints' | 'disable_healthcheck'>> & {
  readonly disable_healthcheck: boolean;
  readonly endpoints: {
    readonly enable_pprof: boolean;
    readonly enable_expvars: boolean;
    readonly authz: Readonly<Record<string, AuthzEndpoint>>;
    readonly rate_limits: Readonly<Record<RateLimitName, RateLimit>>;
  };
};

export function completeServer(stated: Stated): Server {
  const { endpoints, disable_healthcheck, ...rest } = stated.server;
  const defaults = defaultBuckets(stated.identity_validation.elevated_session);
  const limit = (name: RateLimitName): RateLimit => {
    const written = endpoints.rate_limits[name];
    const buckets = written.buckets?.length ? written.buckets : defaults[name];
    return { enable: (written.enable ?? true) && buckets.length > 0, buckets };
  };
  return {
    ...rest,
    disable_healthcheck: disable_healthcheck ?? stated.server.address.kind !== 'network',
    endpoints: {
      enable_pprof: endpoints.enable_pprof,
      enable_expvars: endpoints.enable_expvars,
      authz: authzEndpoints(endpoints.authz),
      rate_limits: {
        first_factor: limit('first_factor'),
        reset_password_start: limit('reset_password_start'),
        reset_password_finish: limit('reset_password_finish'),
        second_factor_totp: limit('second_factor_totp'),
        second_factor_duo: limit('second_factor_duo'),
        session_elevation_start: limit('session_elevation_start'),
        session_elevation_finish: limit('session_elevation_finish'),
        openid_connect_token: limit('openid_connect_token'),
        openid_connect_pushed_authorization_request: limit('openid_connect_pushed_authorization_request'),
        openid_connect_userinfo: limit('openid_connect_userinfo'),
        openid_connect_introspection: limit('openid_connect_introspection'),
        openid_connect_revocation: limit('openid_connect_revocation'),
      },
    },
  };
}

type Elevation = Stated['identity_validation']['elevated_session'];

function defaultBuckets(elevation: Elevation): Record<RateLimitName, Bucket[]> {
  const [minute, hour] = [60, 3600];
  const few = [bucket(10, minute), bucket(15, 2 * minute)];
  const tokens = [bucket(30, minute), bucket(40, 2 * minute), bucket(50, 10 * minute), bucket(100, hour)];
  const scaled = (seconds: number, factors: readonly [number, number, number]): Bucket[] =>
    [3, 5, 15].map((requests, index) => bucket(requests, seconds * (factors[index] ?? 1)));
  return {
    first_factor: [bucket(60, minute), bucket(200, 10 * minute)],
    reset_password_start: [bucket(5, 10 * minute), bucket(10, 15 * minute), bucket(15, 30 * minute)],
    reset_password_finish: few,
    second_factor_totp: [bucket(30, minute), bucket(40, 2 * minute), bucket(50, 10 * minute)],
    second_factor_duo: few,
    session_elevation_start: scaled(elevation.code_lifespan, [1, 2, 12]),
    session_elevation_finish: scaled(elevation.elevation_lifespan, [1, 2, 6]),
    openid_connect_token: tokens,
    openid_connect_pushed_authorization_request: tokens,
    openid_connect_userinfo: [],
    openid_connect_introspection: [],
    openid_connect_revocation: [],
  };
}

function bucket(requests: number, period: number): Bucket {
  return { requests, period };
}

const cookieSession: AuthnStrategy = { name: 'CookieSession', schemes: [], scheme_basic_cache_lifespan: 0 };

/** What an implementation tries, in order, when an endpoint says nothing. */
function defaultStrategies(implementation: Implementation): AuthnStrategy[] {
  const header: AuthnStrategy =
    implementation === 'Legacy'
      ? { name: 'HeaderLegacy', schemes: [], scheme_basic_cache_lifespan: 0 }
      : { name: 'HeaderAuthorization', schemes: ['basic'], scheme_basic_cache_lifespan: 0 };
  return [header, cookieSession];
}

const builtIn: Readonly<Record<string, Implementation>> = {
  'forward-auth': 'ForwardAuth',
  'ext-authz': 'ExtAuthz',
  'auth-request': 'AuthRequest',
  legacy: 'Legacy',
};

/** Writing one endpoint replaces all built-in ones. */
function authzEndpoints(written: StatedServer['endpoints']['authz']): Record<string, AuthzEndpoint> {
  const endpoints: Record<string, AuthzEndpoint> = {};
  if (Object.keys(written).length === 0)
    for (const [name, implementation] of Object.entries(builtIn))
      endpoints[name] = { implementation, authn_strategies: defaultStrategies(implementation) };
  for (const [name, { implementation, authn_strategies: strategies }] of Object.entries(written)) {
    if (!implementation) continue;
    const completed = strategies.map((strategy) => ({
      ...strategy,
      schemes: strategy.schemes.length === 0 && takesSchemes(strategy.name) ? ['basic'] : strategy.schemes,
    }));
    endpoints[name] = {
      implementation,
      authn_strategies: completed.length > 0 ? completed : defaultStrategies(implementation),
    };
  }
  return endpoints;
}

/** Header strategies choose among schemes; the others have no choice. */
export function takesSchemes(strategy: string): boolean {
  return strategy.startsWith('Header') && strategy !== 'HeaderLegacy';
}
