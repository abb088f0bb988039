/** Which page a person sees of a refused or failed request. It says nothing of the configuration: that is for administrators. */
import type { Say } from '@gatehouse/words/say.ts';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import type { Client } from '../clients/clients.ts';
import type { ErrorPage } from '../pages.ts';
import { endpoints } from '../paths.ts';
import { shortText } from './refusal.ts';
import { wordsIn } from './refusals.words.ts';

/** The application is the cause: it can be told, and the person has somewhere to go. */
export function applicationPage(say: Say, { name }: Client, code: string, href: string): ErrorPage {
  const { back, ...text } = wordsIn(say).application(name);
  return { status: 400, code, ...text, back: { label: back, href } };
}

export function plainPage(
  say: Say,
  ctx: KoaContextWithOIDC,
  out: ErrorOut,
  error: Error,
  client: Client | undefined,
  /** The reference of a failure of ours. */
  failure: string | undefined,
): ErrorPage {
  const words = wordsIn(say);
  const status = Number('status' in error ? error.status : 500) || 500;
  if (failure !== undefined) return { status, code: 'failure', reference: failure, ...words.failure };
  if (out.error === 'invalid_redirect_uri') {
    const { heading, what, why, todo, theApplication, anotherPlace } = words.redirectUri;
    const host = shortText(URL.parse(String(ctx.oidc.params?.redirect_uri ?? ''))?.host) || anotherPlace;
    return { status, code: 'redirect-uri', heading, what: what(client?.name ?? theApplication, host), why, todo };
  }
  if (out.error === 'invalid_client') return { status, code: 'unknown-client', ...words.unknownClient };
  if (error.name === 'SessionNotFound') return { status, code: 'sign-in-expired', ...words.expired };
  const leaving = ctx.path.startsWith(endpoints.end_session);
  const { signIn, signOut, what, signOutHere, startAgain, wayOut } = words.notRight;
  return {
    status,
    code: out.error.replaceAll('_', '-'),
    heading: leaving ? signOut : signIn,
    what: what(out.error_description ?? out.error),
    todo: leaving ? signOutHere : startAgain,
    ...(leaving && { back: { label: wayOut, href: '/logout' } }),
  };
}
