/**
 * Whether the portal session of a request still stands after something was granted in it. A session may end while a request
 * is under way; whoever ends it decides that first and then takes back what is listed, so what is listed later is taken back
 * by the request itself, which asks here.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { PortalPersonOf } from '../people/people.ts';
import type { SessionLinks } from './session-links.ts';

export type StillHere = (ctx: KoaContextWithOIDC) => Promise<boolean>;

export function openStillHere(parts: {
  readonly links: Pick<SessionLinks, 'release'>;
  readonly personOf: PortalPersonOf;
  sessionStands(sessionId: string): Promise<boolean>;
}): StillHere {
  return async function stillHere(ctx) {
    const person = await parts.personOf(ctx.req);
    if (!person) return false;
    const { id } = person.session;
    if (await parts.sessionStands(id)) return true;
    await parts.links.release(id);
    return false;
  };
}
