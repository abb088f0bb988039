/**
 * The pages of applications that a browser opens unseen when it signs out (OpenID Connect Front-Channel Logout 1.0
 * section 3). Each is told which session ended by `iss` and `sid`, as the engine's ID tokens told it at the sign-in.
 */
import type { IncomingMessage } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { SignOutFrame } from '../pages.ts';
import type { PortalPersonOf } from '../people/people.ts';
import type { SessionLinks } from './session-links.ts';

/** To be asked before the portal session ends. */
export type FramesOf = (req: IncomingMessage) => Promise<readonly SignOutFrame[]>;

export function frontChannel(parts: {
  readonly issuer: string;
  readonly clients: Clients;
  readonly links: SessionLinks;
  readonly personOf: PortalPersonOf;
}): FramesOf {
  const { issuer, clients, links } = parts;
  return async function framesOf(req) {
    const person = await parts.personOf(req);
    if (!person) return [];
    const frames: SignOutFrame[] = [];
    for (const application of await links.applications(person.session.id)) {
      const client = application.issuer === issuer ? await clients.find(application.clientId) : undefined;
      const url = URL.parse(client?.options.frontchannel_logout_uri ?? '');
      if (!client || !url) continue;
      url.searchParams.set('iss', issuer);
      url.searchParams.set('sid', application.sid);
      frames.push({ clientId: client.id, name: client.name, url: url.href, origin: url.origin });
    }
    return frames;
  };
}

/** An application that is told of a sign-out knows its session by `sid`: its ID tokens say it. */
export function sayWhichSession(provider: Provider, clients: Clients): void {
  Reflect.set(provider.Client.prototype, 'includeSid', function includeSid(this: InstanceType<Provider['Client']>) {
    return isToldOfSignOut(this, clients);
  });
}

export function isToldOfSignOut(client: InstanceType<Provider['Client']>, clients: Clients): boolean {
  return Boolean(client.backchannelLogoutUri || clients.get(client.clientId)?.options.frontchannel_logout_uri);
}
