/**
 * The engine's own session follows the portal's: each time the engine reads it, it is first set to the person, the time
 * and the factors of the portal session. With nobody signed in at the portal it is left as it is, so that what applications
 * hold stays valid, and lets nobody through: `people.ts` answers no account then.
 */
import { randomUUID } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { amrOf, authenticatedAtMs, type PortalSession } from '../session/portal-session.ts';
import type { PortalPersonOf } from './people.ts';

export type SignInFacts = { readonly loginTs: number; readonly amr: string[] };

export function signInFacts(session: PortalSession): SignInFacts {
  return { loginTs: Math.floor(authenticatedAtMs(session) / 1000), amr: amrOf(session) };
}

export function followPortal(provider: Provider, personOf: PortalPersonOf): void {
  const { Session } = provider;
  const read = Session.get.bind(Session);
  Session.get = async function getFollowingPortal(ctx) {
    const session = await read(ctx);
    const person = await personOf(ctx.req);
    if (!person) return session;
    const facts = signInFacts(person.session);
    if (session.accountId === person.subject && session.loginTs === facts.loginTs && sameList(session.amr, facts.amr))
      return session;
    if (session.accountId !== undefined && session.accountId !== person.subject) {
      // Somebody else sat here before: nothing of theirs goes over to this person.
      session.uid = randomUUID();
      delete session.authorizations;
      session.resetIdentifier();
    }
    session.loginAccount({ accountId: person.subject, transient: true, ...facts });
    Reflect.set(session, 'touched', true);
    return session;
  };
}

function sameList(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a?.join(' ') === b.join(' ');
}
