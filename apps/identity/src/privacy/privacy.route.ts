/**
 * The privacy policy where it has to be accepted (Authelia `privacy_policy.require_user_acceptance`): a step before every
 * sign-in of a browser that has not accepted it. That it was is kept in the browser, as Authelia keeps it, and counts for the
 * address of the policy that was shown.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Hono, type MiddlewareHandler } from 'hono';
import { readForm } from '../account/read-form.ts';
import { parseReturnPath } from '../account/return-path.ts';
import type { PortalEnv } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import { privacyPage } from './privacy.page.ts';
import { privacyPath, returnField } from './privacy.paths.ts';

export type PrivacyServices = {
  /** Absent where nobody has to accept anything. */
  readonly policyToAccept?: string | undefined;
  readonly isSecure: (req: IncomingMessage) => boolean;
};

const cookieName = 'gatehouse_privacy';
const lifespanSeconds = 400 * 24 * 3600;

export function privacyRoutes({ policyToAccept: policyUrl, isSecure }: PrivacyServices): Hono<PortalEnv> {
  const routes = new Hono<PortalEnv>();
  if (policyUrl === undefined) return routes;
  routes.post(privacyPath, async (c) => {
    const back = parseReturnPath((await readForm(c))[returnField]) ?? '/';
    const secure = isSecure(c.env.incoming) ? '; Secure' : '';
    const cookie = `${cookieName}=${nameOf(policyUrl)}; Path=/; Max-Age=${lifespanSeconds}; HttpOnly; SameSite=Lax${secure}`;
    c.header('Set-Cookie', cookie, { append: true });
    return c.redirect(back, 303);
  });
  return routes;
}

/** Lets nobody sign in who has not accepted. A form that comes too early is asked for again, not taken. */
export function requireAcceptance({ policyToAccept: policyUrl }: PrivacyServices): MiddlewareHandler<PortalEnv> {
  return async function acceptance(c, next) {
    if (policyUrl === undefined || hasAccepted(c.req.header('cookie'), policyUrl)) return next();
    const { pathname, search } = new URL(c.req.url);
    const returnTo = parseReturnPath(`${pathname}${search}`) ?? '/';
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return c.redirect(returnTo, 303);
    return respond(c, privacyPage(c.var.look, { policyUrl, returnTo }));
  };
}

function hasAccepted(cookieHeader: string | undefined, policyUrl: string): boolean {
  const wanted = `${cookieName}=${nameOf(policyUrl)}`;
  return (cookieHeader ?? '').split(';').some((pair) => pair.trim() === wanted);
}

function nameOf(policyUrl: string): string {
  return createHash('sha256').update(policyUrl).digest('base64url').slice(0, 16);
}
