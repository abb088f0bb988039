/** Notes at an authorization that the application wants to be told when this portal session ends. Costs nothing otherwise. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import type { PortalPersonOf } from '../people/people.ts';
import { isToldOfSignOut } from './front-channel.ts';
import type { SessionLinks } from './session-links.ts';

export type NoteApplication = (ctx: KoaContextWithOIDC, client: Client, subject: string) => Promise<void>;

export function applicationNoter(parts: {
  readonly issuer: string;
  readonly clients: Clients;
  readonly links: SessionLinks;
  readonly personOf: PortalPersonOf;
  /** From now on the session is looked at often. */
  watchSession(sessionId: string): Promise<void>;
}): NoteApplication {
  return async function noteApplication(ctx, client, subject) {
    if (!ctx.oidc.client || !isToldOfSignOut(ctx.oidc.client, parts.clients)) return;
    const person = await parts.personOf(ctx.req);
    const { session } = ctx.oidc;
    if (!person || !session) return;
    session.ensureClientContainer(client.id);
    const sid = session.sidFor(client.id);
    if (sid === undefined) return;
    const application = { issuer: parts.issuer, clientId: client.id, subject, sid };
    if (await parts.links.addApplication(person.session.id, application)) await parts.watchSession(person.session.id);
  };
}
