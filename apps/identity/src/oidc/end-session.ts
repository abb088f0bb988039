/**
 * Signing out: what applications got in this browser session is taken back, and those that asked for it are told
 * (OpenID Connect Back-Channel Logout 1.0). `offline_access` outlives it, as its name says.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Provider } from 'oidc-provider';
import type { ClientState } from './grants.ts';

type Session = InstanceType<Provider['Session']>;

export async function revokeGrants(session: Session, store: SealedVolatile): Promise<void> {
  const states: ClientState[] = Object.values(session.authorizations ?? {});
  await Promise.all(states.flatMap((state) => (state.grantIds ?? []).map((grantId) => store.deleteByGrant(grantId))));
}

/** For a sign-out that begins at the portal: ends the engine's session of this browser, if there is one. */
export async function endEngineSession(
  provider: Provider,
  store: SealedVolatile,
  log: Log,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { cookies } = provider.createContext(req, res);
  const name = provider.cookieName('session');
  const id = cookies.get(name);
  if (id === undefined) return;
  const session = await provider.Session.find<Session>(id);
  cookies.set(name, null, { httpOnly: true, sameSite: 'lax' });
  if (!session) return;
  await revokeGrants(session, store);
  await session.destroy();
  await tellApplications(provider, session, log);
}

async function tellApplications(provider: Provider, session: Session, log: Log): Promise<void> {
  const { accountId } = session;
  if (accountId === undefined) return;
  const told = Object.keys(session.authorizations ?? {}).map(async (clientId) => {
    const client = await provider.Client.find(clientId);
    const sid = session.sidFor(clientId);
    if (!client?.backchannelLogoutUri || sid === undefined) return;
    // The engine's types leave this method out.
    const tell = client.backchannelLogout as (subject: string, sid: string) => Promise<void>;
    await tell
      .call(client, accountId, sid)
      .catch((error: unknown) =>
        log.warn({ err: error, client: clientId }, 'An application could not be told of a sign-out'),
      );
  });
  await Promise.all(told);
}
