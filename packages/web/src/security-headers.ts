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

/** What never stands in a window of its own; all that is said of documents says nothing of it. */
const isPart = /^(?:text\/(?:css|javascript)|font\/)/;

/**
 * Sets the fields and, unless the route set one itself, `contentSecurityPolicy` and `Cache-Control: no-store`. Scripts, styles
 * and fonts say only that they are what they say they are: a page asks for thirty of them, and the rest is longer than many.
 */
export function securityHeaders(contentSecurityPolicy: string): MiddlewareHandler {
  return async function setSecurityHeaders(c, next) {
    await next();
    const { headers } = c.res;
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
    headers.set('X-Content-Type-Options', 'nosniff');
    if (isPart.test(headers.get('Content-Type') ?? '')) return;
    for (const [name, value] of Object.entries(securityHeaderFields)) headers.set(name, value);
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', contentSecurityPolicy);
  };
}
