/**
 * The engine's session of a browser that signs out: what applications got in it is taken back. Those that want to be told
 * are told by the end of the portal session (`leave.ts`).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Provider } from 'oidc-provider';
import type { ClientState } from '../consent/grants.ts';

type Session = InstanceType<Provider['Session']>;

/** The engine's session, or what is stored of it. */
export type GrantHolder = { readonly authorizations?: Readonly<Record<string, ClientState>> | undefined };

export async function revokeGrants(session: GrantHolder, store: SealedVolatile): Promise<void> {
  const states = Object.values(session.authorizations ?? {});
  await Promise.all(states.flatMap((state) => (state.grantIds ?? []).map((grantId) => store.deleteByGrant(grantId))));
}

/** For a sign-out that begins at the portal: ends the engine's session of this browser, if there is one. */
export async function endEngineSession(
  provider: Provider,
  store: SealedVolatile,
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
}
