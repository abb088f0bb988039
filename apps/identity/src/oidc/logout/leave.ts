/**
 * What the end of a portal session means for applications. Whoever ended it, those that asked for it are told; and unless it
 * merely ran out, what they got in it is taken back, with the engine's session. `offline_access` outlives it, as its name
 * says.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { OnEnd } from '../../session/endings.ts';
import type { LiveGrants } from '../consent/live-grants.ts';
import { storedKind } from '../engine/adapter.ts';
import type { ProviderSession, SessionLinks } from './session-links.ts';

export function leaveApplications(parts: {
  readonly links: SessionLinks;
  readonly store: SealedVolatile;
  readonly live: Pick<LiveGrants, 'endInSession'>;
  /** There is somebody to tell. */
  wake(): void;
}): OnEnd {
  const { links, store, live } = parts;

  async function takeBack({ issuer, uid }: ProviderSession): Promise<void> {
    const kind = storedKind('Session', issuer);
    const entry = await store.getByAlias(kind, uid);
    if (entry) await store.delete(kind, (entry.value as { readonly jti: string }).jti);
    await live.endInSession(uid);
  }

  return async function leave(sessionId, reason) {
    if (reason !== 'expired') for (const each of await links.providerSessions(sessionId)) await takeBack(each);
    if ((await links.release(sessionId)) > 0) parts.wake();
  };
}
