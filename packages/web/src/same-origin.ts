/**
 * Cross-site request forgery: a request that changes something must come from one of our own pages. Judged by what the
 * browser itself says, `Sec-Fetch-Site` and `Origin`, or `Referer` for browsers that send neither (Fetch Standard,
 * OWASP CSRF cheat sheet, "verifying origin with standard headers"). A request that says nothing is refused.
 */
import type { MiddlewareHandler } from 'hono';

export type OriginEvidence = {
  readonly fetchSite?: string | undefined;
  readonly origin?: string | undefined;
  readonly referer?: string | undefined;
};

/** `ownOrigin` is the public origin of the application, such as `https://auth.example.com`. */
export function isSameOrigin(evidence: OriginEvidence, ownOrigin: string): boolean {
  if (evidence.fetchSite !== undefined && evidence.fetchSite !== 'same-origin') return false;
  if (evidence.origin !== undefined) return evidence.origin === ownOrigin;
  if (evidence.fetchSite === 'same-origin') return true;
  return evidence.referer !== undefined && originOf(evidence.referer) === ownOrigin;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses unsafe requests from elsewhere through `onRefused`. */
export function requireSameOrigin(options: {
  ownOrigin: (c: Parameters<MiddlewareHandler>[0]) => string | undefined;
  onRefused: (c: Parameters<MiddlewareHandler>[0]) => Response | Promise<Response>;
}): MiddlewareHandler {
  return async function sameOrigin(c, next) {
    if (safeMethods.has(c.req.method)) return next();
    const ownOrigin = options.ownOrigin(c);
    const evidence = {
      fetchSite: c.req.header('sec-fetch-site'),
      origin: c.req.header('origin'),
      referer: c.req.header('referer'),
    };
    if (ownOrigin !== undefined && isSameOrigin(evidence, ownOrigin)) return next();
    return options.onRefused(c);
  };
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
