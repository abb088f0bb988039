/**
 * The engine's session of a browser that signs out: what applications got in it is taken back. Those that want to be told
 * are told by the end of the portal session (`leave.ts`).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { LiveGrants } from '../consent/live-grants.ts';

type Session = InstanceType<Provider['Session']>;

/** For a sign-out that begins at the portal: ends the engine's session of this browser, if there is one. */
export async function endEngineSession(
  provider: Provider,
  live: Pick<LiveGrants, 'endInSession'>,
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
  await live.endInSession(session.uid);
  await session.destroy();
}
