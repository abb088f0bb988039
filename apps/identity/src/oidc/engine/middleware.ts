/**
 * What stands around every request of the engine: headers, cross-origin rules, and the POST form of a request that a browser
 * brings from another site.
 */
import type { IncomingMessage } from 'node:http';
import { securityHeaderFields } from '@gatehouse/web/security-headers.ts';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { showCodeForm } from '../device/device-flow.ts';
import { devicePolling } from '../device/device-polling.ts';
import { endpoints } from '../paths.ts';
import type { CorsFor } from './cors.ts';
import { formPostPolicy } from './html.ts';
import { readForm } from './read-form.ts';
import { limitRequests, type RequestLimits } from './request-limits.ts';

export type Around = {
  readonly cors: CorsFor;
  readonly limits: RequestLimits;
  remoteAddress(req: IncomingMessage): string;
  nowMs(): number;
};

const securityFields = Object.entries(securityHeaderFields);

const broughtByBrowsers: ReadonlySet<string> = new Set([endpoints.authorization, endpoints.end_session]);

type Next = () => Promise<unknown>;

export function aroundEngine(provider: Provider, around: Around): void {
  const cors = crossOrigin(around.cors);
  provider.use(headers);
  provider.use(cors);
  provider.use(limitRequests(around));
  provider.use(postToGet);
  provider.use(showCodeForm);
  provider.use(devicePolling(around.nowMs));
}

async function headers(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  for (const [name, value] of securityFields) ctx.res.setHeader(name, value);
  // RFC 6749 section 5.1, for refusals too; an answer that may be kept says so itself.
  if (ctx.path.startsWith('/api/oidc/')) ctx.set('Cache-Control', 'no-store');
  if (ctx.path.startsWith(endpoints.authorization)) ctx.set('Content-Security-Policy', formPostPolicy);
  await next();
}

function crossOrigin(corsFor: CorsFor) {
  return async function decideCrossOrigin(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
    const allowed = corsFor(ctx.path, ctx.get('Origin'));
    const isPreflight = ctx.method === 'OPTIONS';
    if (!isPreflight) await next();
    else ctx.status = 204;
    for (const name of Object.keys(ctx.response.headers)) if (name.startsWith('access-control-allow')) ctx.remove(name);
    ctx.set(allowed);
    ctx.vary('Origin');
    if (!isPreflight || !('Access-Control-Allow-Origin' in allowed)) return;
    ctx.set('Access-Control-Allow-Methods', 'GET, POST');
    ctx.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, DPoP');
  };
}

/**
 * A POST from another site comes without our cookies (SameSite=Lax), so it is turned into the same request by GET, which has
 * them (Authelia does so too).
 */
async function postToGet(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  if (ctx.method !== 'POST' || !broughtByBrowsers.has(ctx.path)) return void (await next());
  ctx.set('Cache-Control', 'no-store');
  const form = await readForm(ctx);
  if (form.kind === 'refused') {
    ctx.status = form.status;
    return;
  }
  ctx.status = 303;
  ctx.redirect(`${ctx.path}?${form.fields}`);
}
