/**
 * How many requests from one address may fail (`server.endpoints.rate_limits.openid_connect_*`): counters in fixed windows,
 * in the memory of this process as Authelia keeps them, so that a request that succeeds touches no store and leaves nothing
 * behind. A failure is counted when it is known: an application that exchanges a hundred codes at once is not one that errs.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AttemptLimit } from '../../regulation/limiter.ts';
import { networkOf } from '../../regulation/network.ts';
import { endpoints } from '../paths.ts';

/** Endpoints that can be limited, as `rate_limits` names them after `openid_connect_`. */
const limited = {
  [endpoints.token]: 'token',
  [endpoints.pushed_authorization_request]: 'pushed_authorization_request',
  [endpoints.userinfo]: 'userinfo',
  [endpoints.introspection]: 'introspection',
  [endpoints.revocation]: 'revocation',
} as const;
export type LimitedEndpoint = (typeof limited)[keyof typeof limited];

export type RequestLimits = {
  /** Until when nothing is answered, or undefined when requests are. */
  closedUntilMs(endpoint: LimitedEndpoint, address: string): number | undefined;
  failed(endpoint: LimitedEndpoint, address: string): void;
};

/** Counters kept at most; the oldest go first. */
export const countersMax = 50_000;

type Counter = { failures: number; readonly endsAtMs: number };

/** They outlive the limits: what failed before a reload of the configuration counts after it. */
export type FailureCounters = Map<string, Counter>;

export function openRequestLimits(
  limits: Readonly<Partial<Record<LimitedEndpoint, readonly AttemptLimit[]>>>,
  counters: FailureCounters,
  nowMs: () => number,
): RequestLimits {
  const running = (key: string): Counter | undefined => {
    const counter = counters.get(key);
    return counter && counter.endsAtMs > nowMs() ? counter : undefined;
  };
  const keyOf = (endpoint: string, index: number, address: string) => `${endpoint} ${index} ${networkOf(address)}`;
  return {
    closedUntilMs(endpoint, address) {
      if (counters.size === 0) return undefined;
      const full = (limits[endpoint] ?? []).flatMap(({ attemptsMax }, index) => {
        const counter = running(keyOf(endpoint, index, address));
        return counter && counter.failures >= attemptsMax ? [counter.endsAtMs] : [];
      });
      return full.length > 0 ? Math.max(...full) : undefined;
    },
    failed(endpoint, address) {
      for (const [index, { windowMs }] of (limits[endpoint] ?? []).entries()) {
        const key = keyOf(endpoint, index, address);
        const counter = running(key);
        if (counter) counter.failures += 1;
        else {
          counters.delete(key);
          counters.set(key, { failures: 1, endsAtMs: nowMs() + windowMs });
        }
      }
      for (const key of counters.keys()) {
        if (counters.size <= countersMax) break;
        counters.delete(key);
      }
    },
  };
}

/** Answers 429 with `Retry-After` (RFC 6585) where too many failed. A device that still waits for its person did not fail. */
export function limitRequests(parts: {
  readonly limits: RequestLimits;
  remoteAddress(req: KoaContextWithOIDC['req']): string;
  nowMs(): number;
}) {
  const { limits } = parts;
  return async function limitFailures(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
    const endpoint = Object.hasOwn(limited, ctx.path) ? limited[ctx.path as keyof typeof limited] : undefined;
    if (!endpoint) return void (await next());
    const address = parts.remoteAddress(ctx.req);
    const untilMs = limits.closedUntilMs(endpoint, address);
    if (untilMs !== undefined) {
      const seconds = Math.max(1, Math.ceil((untilMs - parts.nowMs()) / 1000));
      ctx.status = 429;
      ctx.set('Retry-After', String(seconds));
      ctx.body = {
        error: 'temporarily_unavailable',
        error_description: `too many requests from this address failed, try again in ${seconds} seconds`,
      };
      return;
    }
    await next();
    const isPending = Reflect.get(Object(ctx.body), 'error') === 'authorization_pending';
    if (ctx.status >= 400 && ctx.status < 500 && !isPending) limits.failed(endpoint, address);
  };
}
