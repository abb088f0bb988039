/**
 * What stands around every request of the engine: headers, cross-origin rules, the POST form of an authorization request,
 * and the end of the portal session after a confirmed sign-out.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { securityHeaderFields } from '@gatehouse/web/security-headers.ts';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from './client-registry.ts';
import type { CorsFor } from './cors.ts';
import { revokeGrants } from './end-session.ts';
import { formPostPolicy } from './html.ts';
import { endpoints } from './paths.ts';

export type Around = {
  readonly clients: Clients;
  readonly cors: CorsFor;
  readonly store: SealedVolatile;
  endPortalSession(req: IncomingMessage, res: ServerResponse): Promise<void>;
};

const securityFields = Object.entries(securityHeaderFields);

type Next = () => Promise<unknown>;

/** As much as a request line carries safely through proxies. */
const queryBytesMax = 8 * 1024;

export function aroundEngine(provider: Provider, around: Around): void {
  const cors = crossOrigin(around.cors);
  const offline = askForLastingAccess(around.clients);
  provider.use(headers);
  provider.use(cors);
  provider.use(postToGet);
  provider.use(offline);
  provider.use(endPortalToo(around));
}

async function headers(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  for (const [name, value] of securityFields) ctx.res.setHeader(name, value);
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
    ctx.set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  };
}

/**
 * A POST from another site comes without our cookies (SameSite=Lax), so it is turned into the same request by GET, which has
 * them (Authelia does so too).
 */
async function postToGet(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
  if (ctx.method !== 'POST' || ctx.path !== endpoints.authorization) return void (await next());
  ctx.set('Cache-Control', 'no-store');
  if (!ctx.is('application/x-www-form-urlencoded')) {
    ctx.status = 415;
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > queryBytesMax) {
      ctx.status = 413;
      ctx.set('Connection', 'close');
      return;
    }
    chunks.push(chunk);
  }
  ctx.status = 303;
  ctx.redirect(`${endpoints.authorization}?${new URLSearchParams(Buffer.concat(chunks).toString())}`);
}

/**
 * The engine grants `offline_access` only with `prompt=consent`. Authelia asks for consent whenever it is requested, so here
 * the request is made to say so.
 */
function askForLastingAccess(clients: Clients) {
  return async function sayConsent(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
    const { client_id: clientId, scope, prompt } = ctx.query;
    const isAuthorization = ctx.method === 'GET' && ctx.path === endpoints.authorization;
    if (isAuthorization && typeof clientId === 'string' && typeof scope === 'string') {
      const prompts = String(prompt ?? '')
        .split(' ')
        .filter(Boolean);
      const asks = scope.split(' ').includes('offline_access') && !Array.isArray(prompt);
      const client = clients.get(clientId);
      const mayGrant = client?.scopes.has('offline_access') && client.consentMode !== 'implicit';
      if (asks && mayGrant && !prompts.includes('none') && !prompts.includes('consent'))
        ctx.query = { ...ctx.query, prompt: [...prompts, 'consent'].join(' ') };
    }
    await next();
  };
}

function endPortalToo(around: Around) {
  return async function endPortalAfterSignOut(ctx: KoaContextWithOIDC, next: Next): Promise<void> {
    await next();
    if (ctx.path !== `${endpoints.end_session}/confirm` || ctx.oidc?.body?.logout === undefined) return;
    const { session } = ctx.oidc;
    if (!session || !Reflect.get(session, 'destroyed')) return;
    await revokeGrants(session, around.store);
    await around.endPortalSession(ctx.req, ctx.res);
  };
}
