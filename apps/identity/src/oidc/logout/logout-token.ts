/**
 * Tells one application that a session ended: a signed logout token to its `backchannel_logout_uri` (OpenID Connect
 * Back-Channel Logout 1.0 sections 2.4, 2.5 and 2.8). The token is made anew for each attempt and keeps its `jti`, so that
 * an application that got it and could not say so takes it for what it is: the same notice.
 */
import type { Provider } from 'oidc-provider';
import type { Outgoing } from '../calls/outgoing.ts';
import type { Clients } from '../clients/client-registry.ts';
import type { LogoutNotice } from './logout-notices.ts';
import type { Told } from './logout-sender.ts';

type Client = InstanceType<Provider['Client']>;

/** What the engine's types leave out of its ID token. */
type LogoutToken = {
  mask: Readonly<Record<string, null>>;
  set(name: string, value: unknown): void;
  issue(options: { readonly use: 'logout' }): Promise<string>;
};
type LogoutTokens = new (
  claims: Readonly<Record<string, unknown>>,
  about: { readonly client: Client; readonly ctx: undefined },
) => LogoutToken;

const event = 'http://schemas.openid.net/event/backchannel-logout';

export function logoutTeller(parts: {
  readonly provider: Provider;
  readonly clients: Clients;
  readonly outgoing: Outgoing;
}): (notice: LogoutNotice) => Promise<Told> {
  const { provider, clients, outgoing } = parts;
  const Tokens = provider.IdToken as unknown as LogoutTokens;

  function tokenFor(client: Client, { id, subject, sid }: LogoutNotice): Promise<string> {
    const token = new Tokens({ sub: subject }, { client, ctx: undefined });
    token.mask = { sub: null };
    token.set('events', { [event]: {} });
    token.set('jti', id);
    token.set('sid', sid);
    return token.issue({ use: 'logout' });
  }

  return async function tell(notice) {
    const client = await provider.Client.find(notice.clientId);
    if (!client) return { kind: 'unknown' };
    const uri = client.backchannelLogoutUri;
    if (typeof uri !== 'string') return { kind: 'nobody' };
    const mayCallPrivate = (await clients.find(notice.clientId))?.options.allow_private_network ?? false;
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: await tokenFor(client, notice) }).toString(),
    };
    const { status } = await outgoing(uri, request, { clientId: notice.clientId, mayCallPrivate });
    if (status === 200 || status === 204) return { kind: 'told' };
    return { kind: status === 400 ? 'refused' : 'failed', why: `it answered ${status}` };
  };
}
