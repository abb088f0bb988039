/**
 * The addresses of signing in and out. `/oidc/login` and `/oidc/callback` are registered at providers and never move. What
 * an answer is worth is decided in `exchange.ts`, who it belongs to in `people`.
 */

import type { Log } from '@gatehouse/web/log.ts';
import { marked } from '@gatehouse/words/say.ts';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as client from 'openid-client';
import type { App } from '../app.ts';
import type { OidcSettings } from '../configuration/oidc.ts';
import { type People, type Profile, settlePerson } from '../people/settle.ts';
import { currentPerson } from '../session/person.ts';
import type { Sessions } from '../session/session.ts';
import type { BackChannel } from './back-channel.ts';
import { profileOf } from './claims.ts';
import { exchangeAnswer } from './exchange.ts';
import { refusesThePerson, type SignInCode, SignInFailure } from './failure.ts';
import { explanationPage, type LookOf, signInOffPage, signInPage, signOutPage } from './pages.ts';
import type { Provider } from './provider.ts';
import { settleFailure, transactionMissing, transactionUsed } from './refusals.ts';
import { safeReturnPath } from './return-path.ts';
import { signOutTarget } from './sign-out.ts';
import type { Transactions } from './transaction.ts';

export type SignIn = {
  readonly appUrl: string;
  readonly settings: OidcSettings;
  readonly provider: Provider;
  readonly transactions: Transactions;
  readonly sessions: Sessions;
  readonly people: People;
  readonly backChannel: BackChannel;
  readonly lookOf: LookOf;
  readonly log: Log;
  /** Where a request comes from, for the log. */
  readonly addressOf: (c: Context) => string;
  /** Scheme, name and port that a request was made to, as far as the proxies in front say; empty when they do not. */
  readonly originOf: (c: Context) => string;
  /** Whether local owners exist, who sign in elsewhere. */
  readonly hasLocalOwner: () => Promise<boolean>;
  /** Lets somebody into the projects of their groups; answers with the keys that name none. */
  readonly joinProjects: (
    personId: string,
    projects: Profile['groupProjects'],
    isFirst: boolean,
  ) => Promise<readonly string[]>;
  readonly nowMs: () => number;
};

/** The provider calls this one, from its own place: the one change that need not come from our own pages. */
export const backChannelPath = '/oidc/backchannel-logout';

const logoutBodyBytesMax = 32 * 1024;

export function mountSignIn(app: App, signIn: SignIn): void {
  const { settings, appUrl, lookOf, sessions } = signIn;

  app.get('/auth/login', async (c) => {
    const to = safeReturnPath(c.req.query('to'), appUrl);
    if (!settings.enabled) return c.html(signInOffPage(lookOf(c)), 503);
    const signedOut = c.req.query('signed-out') !== undefined;
    if (currentPerson(c) && !signedOut) return c.redirect(to, 303);
    const href = to === '/' ? '/oidc/login' : `/oidc/login?to=${encodeURIComponent(to)}`;
    const openedAt = openedElsewhere(signIn.originOf(c), appUrl);
    if (settings.autoLogin && !openedAt && !signedOut && c.req.query('local') === undefined)
      return c.redirect(href, 303);
    const provider = new URL(settings.issuer).host;
    const hasLocal = await signIn.hasLocalOwner();
    const look = lookOf(c);
    const label = settings.buttonLabel || look.say('Sign in');
    return c.html(signInPage(look, { href, label, provider, signedOut, openedAt, hasLocal }));
  });

  app.get('/auth/logout', (c) => {
    const person = currentPerson(c);
    return person ? c.html(signOutPage(lookOf(c), person.displayName)) : c.redirect('/auth/login', 303);
  });

  app.post('/auth/logout', async (c) => {
    const facts = await sessions.end(c);
    // What this person saw is not for whoever comes next in this browser (W3C Clear Site Data).
    c.header('Clear-Site-Data', '"cache"');
    return c.redirect(await signOutTarget(signIn.provider, settings, appUrl, facts), 303);
  });

  // Off means off: the addresses are not there either.
  if (!settings.enabled) return;
  app.get('/oidc/login', (c) => {
    const returnTo = safeReturnPath(c.req.query('to'), appUrl);
    return attempt(c, signIn, returnTo, () => begin(c, signIn, returnTo));
  });
  app.get('/oidc/callback', (c) => finish(c, signIn));
  const refuseLogout = (c: Context, status: 400 | 413): Response => c.json({ error: 'invalid_request' }, status);
  const limit = bodyLimit({ maxSize: logoutBodyBytesMax, onError: (c) => refuseLogout(c, 413) });
  app.post(backChannelPath, limit, async (c) => {
    // Anybody may post here, whatever they like.
    const { logout_token } = await c.req.parseBody().catch(() => ({ logout_token: undefined }));
    const answer = typeof logout_token === 'string' ? await signIn.backChannel(logout_token) : 'refused';
    if (answer === 'refused') signIn.log.warn('A back-channel logout was refused');
    return answer === 'ended' ? c.body(null, 200) : refuseLogout(c, 400);
  });
}

/** Undefined when people are where they should be, or nobody can tell. */
function openedElsewhere(origin: string, appUrl: string): { origin: string; appUrl: string } | undefined {
  return origin === '' || origin === appUrl ? undefined : { origin, appUrl };
}

async function begin(c: Context, signIn: SignIn, returnTo: string): Promise<Response> {
  const { settings, appUrl } = signIn;
  const configuration = await signIn.provider.configuration();
  const transaction = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    codeVerifier: client.randomPKCECodeVerifier(),
    returnTo,
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${appUrl}/oidc/callback`,
    scope: settings.scopes,
    state: transaction.state,
    code_challenge: await client.calculatePKCECodeChallenge(transaction.codeVerifier),
    code_challenge_method: 'S256',
    ...(!settings.plainOauth && { nonce: transaction.nonce }),
    // The provider would answer at once with whoever is signed in there.
    ...(c.req.query('other') !== undefined && { prompt: 'login' }),
  });
  signIn.transactions.begin(c, transaction);
  return c.redirect(url.href, 303);
}

async function finish(c: Context, signIn: SignIn): Promise<Response> {
  const taken = await signIn.transactions.take(c, c.req.query('state') ?? '');
  // The browser sent the answer twice, and the first time was enough.
  if (typeof taken === 'string' && currentPerson(c)) return c.redirect('/', 303);
  const returnTo = typeof taken === 'string' ? '/' : taken.returnTo;
  return attempt(c, signIn, returnTo, async () => {
    if (taken === 'missing') throw transactionMissing();
    if (taken === 'used') throw transactionUsed();
    const { settings, appUrl, people, sessions, log } = signIn;
    const callbackUrl = new URL(`${appUrl}/oidc/callback`);
    callbackUrl.search = new URL(c.req.url).search;
    const configuration = await signIn.provider.configuration();
    const identity = await exchangeAnswer(configuration, settings, callbackUrl, taken, signIn.nowMs());
    const profile = profileOf(settings, identity, identity.claims);
    const settled = await settlePerson(people, settings, profile);
    if (settled.outcome === 'refused') throw settleFailure(settled.reason);
    const { person } = settled;
    const unknownProjects = await signIn.joinProjects(person.id, profile.groupProjects, settled.outcome !== 'known');
    if (unknownProjects.length > 0)
      log.warn({ unknownProjects }, 'LEAN_OIDC_PROJECT_ASSIGNMENT names projects that are not there');
    const { issuer, subject, idToken, sid } = identity;
    await sessions.begin(c, { personId: person.id, issuer, subject, idToken }, sid);
    const { outcome, kept } = settled;
    log.info({ person: person.id, outcome, kept, from: signIn.addressOf(c) }, 'Somebody signed in');
    return c.redirect(returnTo, 303);
  });
}

/** Runs a step; a failure becomes a page for the person and a line in the log, neither of which holds a secret. */
async function attempt(c: Context, signIn: SignIn, returnTo: string, step: () => Promise<Response>): Promise<Response> {
  try {
    return await step();
  } catch (cause) {
    if (!(cause instanceof SignInFailure)) throw cause;
    const { code, explanation, providerError } = cause;
    const facts = { reason: code, providerError, detail: explanation.administrator, from: signIn.addressOf(c) };
    signIn.log.warn(facts, 'A sign-in did not work');
    const page = { code, explanation, onward: onwardFrom(code, returnTo) };
    return c.html(explanationPage(signIn.lookOf(c), page), code === 'provider-unreachable' ? 502 : 400);
  }
}

function onwardFrom(code: SignInCode, returnTo: string): { href: string; label: string } {
  const asOther = refusesThePerson.has(code);
  const query = [asOther ? 'other' : '', returnTo === '/' ? '' : `to=${encodeURIComponent(returnTo)}`]
    .filter((part) => part !== '')
    .join('&');
  return {
    href: `/oidc/login${query && `?${query}`}`,
    label: asOther ? marked('Sign in as somebody else') : marked('Sign in again'),
  };
}
