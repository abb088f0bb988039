/**
 * Signing out at an application's wish (OpenID Connect RP-Initiated Logout 1.0). Whoever shows an ID token of the person who
 * is here signs out at once; everybody else is asked first (docs/decisions/sign-out-unasked.md). The end is the same as at
 * the portal: what applications got is taken back, and those that want to be told are told.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { LiveGrants } from '../consent/live-grants.ts';
import { htmlPage, readerOf } from '../engine/html.ts';
import type { ProviderOptions } from '../options.ts';
import type { SignOutFrame } from '../pages.ts';
import { endpoints } from '../paths.ts';
import type { SubjectFor } from '../people/pairwise.ts';
import type { FramesOf } from './front-channel.ts';

export type RpLogoutParts = {
  readonly clients: Clients;
  readonly pages: Pick<ProviderOptions, 'signOutPage' | 'signedOutPage'>;
  readonly live: Pick<LiveGrants, 'endInSession'>;
  readonly subjectFor: SubjectFor;
  readonly framesOf: FramesOf;
  endPortalSession(req: IncomingMessage, res: ServerResponse): Promise<void>;
};

type Next = () => Promise<unknown>;
type Feature = NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>;

export type RpLogout = {
  readonly feature: Feature;
  /** Stands around the engine's requests: what it leaves to do after a sign-out that was confirmed. */
  readonly around: (ctx: KoaContextWithOIDC, next: Next) => Promise<void>;
};

export function openRpLogout(parts: RpLogoutParts): RpLogout {
  const { clients, pages } = parts;

  function applicationOf(ctx: KoaContextWithOIDC) {
    const client = clients.get(ctx.oidc.client?.clientId ?? '');
    return client && { application: { clientId: client.id, name: client.name } };
  }

  async function isProven(ctx: KoaContextWithOIDC): Promise<boolean> {
    const { session, client, entities } = ctx.oidc;
    const { header, payload: hint } = entities.IdTokenHint ?? {};
    // Other tokens of ours are signed by the same keys and for the same audience: they say what they are.
    if (header?.typ !== undefined && header.typ !== 'JWT') return false;
    if (!hint || !client || session?.accountId === undefined) return false;
    if (session.authorizations?.[client.clientId] === undefined) return false;
    return hint.sub === (await parts.subjectFor(client.clientId, session.accountId));
  }

  /** Ends everything of this browser; answers which applications the browser itself is to tell. */
  async function signOut(ctx: KoaContextWithOIDC): Promise<readonly SignOutFrame[]> {
    const { session, provider } = ctx.oidc;
    const frames = await parts.framesOf(ctx.req);
    if (session) await parts.live.endInSession(session.uid);
    if (session && !Reflect.get(session, 'destroyed')) await session.destroy();
    ctx.cookies.set(provider.cookieName('session'), null, { httpOnly: true, sameSite: 'lax' });
    await parts.endPortalSession(ctx.req, ctx.res);
    return frames;
  }

  function goOn(ctx: KoaContextWithOIDC, target: string, frames: readonly SignOutFrame[]): void {
    if (frames.length === 0) {
      ctx.status = 303;
      ctx.redirect(target);
      return;
    }
    ctx.remove('Location');
    const html = pages.signedOutPage({ ...applicationOf(ctx), frames, onward: target }, readerOf(ctx));
    htmlPage(ctx, 200, html, { frames: frames.map(({ origin }) => origin) });
  }

  async function confirmed(ctx: KoaContextWithOIDC): Promise<void> {
    const { session, body } = ctx.oidc;
    if (body?.logout === undefined || !session || !Reflect.get(session, 'destroyed')) return;
    const target = ctx.response.get('Location');
    goOn(ctx, target, await signOut(ctx));
  }

  return {
    feature: {
      enabled: true,
      async logoutSource(ctx) {
        if (await isProven(ctx)) return goOn(ctx, targetOf(ctx), await signOut(ctx));
        const page = {
          action: ctx.oidc.urlFor('end_session_confirm'),
          fields: { xsrf: String(ctx.oidc.session?.state?.secret) },
          confirm: { name: 'logout', value: 'yes' } as const,
          ...applicationOf(ctx),
        };
        htmlPage(ctx, 200, pages.signOutPage(page, readerOf(ctx)));
      },
      postLogoutSuccessSource(ctx) {
        htmlPage(ctx, 200, pages.signedOutPage({ ...applicationOf(ctx) }, readerOf(ctx)));
      },
    },
    async around(ctx, next) {
      await next();
      if (ctx.path === `${endpoints.end_session}/confirm` && ctx.oidc) return confirmed(ctx);
      // With nobody here there is nothing to ask and nothing to end; the engine would send a form that needs script.
      const isNobody = ctx.path === endpoints.end_session && ctx.status === 200 && !ctx.oidc?.session?.accountId;
      if (isNobody) goOn(ctx, targetOf(ctx), []);
    },
  };
}

/** The address the application named, which the engine has found registered, or the page that says it is done. */
function targetOf(ctx: KoaContextWithOIDC): string {
  const { post_logout_redirect_uri: uri, state } = ctx.oidc.params ?? {};
  if (typeof uri !== 'string') return ctx.oidc.urlFor('end_session_success');
  if (typeof state !== 'string') return uri;
  const [path = '', fragment] = uri.split('#');
  const query = `${path.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`;
  return `${path}${query}${fragment === undefined ? '' : `#${fragment}`}`;
}
