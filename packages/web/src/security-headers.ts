/**
 * Response headers that every answer of both applications carries (Authelia 1.6; OWASP secure headers). The content
 * security policy is the page's own business: each application passes its default, a page may tighten it.
 */
import type { MiddlewareHandler } from 'hono';

const offFeatures = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'keyboard-map',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'sync-xhr',
  'xr-spatial-tracking',
  'interest-cohort',
];

export const securityHeaderFields: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Frame-Options': 'DENY',
  'X-DNS-Prefetch-Control': 'off',
  'Permissions-Policy': offFeatures.map((feature) => `${feature}=()`).join(', '),
};

/** Sets the fields and, unless the route set one itself, `contentSecurityPolicy` and `Cache-Control: no-store`. */
export function securityHeaders(contentSecurityPolicy: string): MiddlewareHandler {
  return async function setSecurityHeaders(c, next) {
    await next();
    for (const [name, value] of Object.entries(securityHeaderFields)) c.res.headers.set(name, value);
    if (!c.res.headers.has('Content-Security-Policy'))
      c.res.headers.set('Content-Security-Policy', contentSecurityPolicy);
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  };
}
