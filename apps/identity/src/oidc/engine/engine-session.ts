/**
 * The engine's own session follows the portal's: each time the engine reads it, it is first set to the person, the time
 * and the factors of the portal session, and notes which portal session that is. With nobody signed in at the portal it is
 * left as it is, so that what applications hold stays valid, and lets nobody through: `people.ts` answers no account then.
 */
import { randomUUID } from 'node:crypto';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { amrOf, authenticatedAtMs, type PortalSession } from '../../session/portal-session.ts';
import type { SessionLinks } from '../logout/session-links.ts';
import { acrOf, acrRequestOf, saidAcr } from '../people/acr.ts';
import type { PortalPersonOf } from '../people/people.ts';

export type SignInFacts = { readonly loginTs: number; readonly amr: string[]; readonly acr: string | undefined };

export function signInFacts(session: PortalSession): SignInFacts {
  return { loginTs: Math.floor(authenticatedAtMs(session) / 1000), amr: amrOf(session), acr: acrOf(session) };
}

/** What the engine stores of its session for us beside its own. */
const portalSessionKey = 'portalSessionId';

export function followPortal(provider: Provider, personOf: PortalPersonOf, links: SessionLinks): void {
  const { Session } = provider;
  const stored: string[] = Reflect.get(Session, 'IN_PAYLOAD');
  Object.defineProperty(Session, 'IN_PAYLOAD', { value: [...stored, portalSessionKey] });
  const read = Session.get.bind(Session);
  Session.get = async function getFollowingPortal(ctx) {
    const session = await read(ctx);
    const person = await personOf(ctx.req);
    if (!person) return session;
    const facts = signInFacts(person.session);
    const isSamePerson = session.accountId === person.subject;
    const isSameSession = isSamePerson && Reflect.get(session, portalSessionKey) === person.session.id;
    if (isSameSession && isSame(session, facts)) return session;
    if (session.accountId !== undefined && !isSamePerson) {
      // Somebody else sat here before: nothing of theirs goes over to this person.
      session.uid = randomUUID();
      delete session.authorizations;
      session.resetIdentifier();
    }
    if (!isSameSession) {
      // A `sid` names one portal session at one application: word that the last one ended must not end this one.
      for (const state of Object.values(session.authorizations ?? {})) delete state.sid;
      Reflect.set(session, portalSessionKey, person.session.id);
      await links.addProviderSession(person.session.id, { issuer: provider.issuer, uid: session.uid });
    }
    session.loginAccount({ accountId: person.subject, transient: true, ...facts });
    Reflect.set(session, 'touched', true);
    return session;
  };
}

/** What the engine says of a sign-in: the strongest `acr` among those that the request asked for. */
export function sayAskedAcr(provider: Provider): void {
  Object.defineProperty(provider.OIDCContext.prototype, 'acr', {
    get(this: KoaContextWithOIDC['oidc']) {
      return saidAcr(this.session?.acr, acrRequestOf(this.params ?? {}));
    },
  });
}

function isSame(session: InstanceType<Provider['Session']>, facts: SignInFacts): boolean {
  const sameAmr = session.amr?.join(' ') === facts.amr.join(' ');
  return sameAmr && session.acr === facts.acr && session.loginTs === facts.loginTs;
}
