/**
 * An administrator's hand on the sessions of a person, from a process that need not be the server: what it ends is dead for
 * every reader at once, and the server does within seconds what follows from it.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { CookieRules } from './cookie.ts';
import { condemn, endsAtMs, sessionKind } from './endings.ts';
import type { PortalSession } from './portal-session.ts';
import type { SessionOrigin } from './session-origin.ts';
import { type EndReason, type SessionRegister, shutsOut } from './session-register.ts';

export type SessionRooms = {
  readonly register: SessionRegister;
  readonly volatile: SealedVolatile;
  readonly cookies: readonly CookieRules[];
  readonly nowMs: () => number;
};

export type LivingSession = {
  readonly id: string;
  readonly cookieDomain: string;
  readonly createdAtMs: number;
  readonly lastActivityMs: number;
  readonly origin: SessionOrigin | undefined;
};

/** Those that have not run out, the oldest first. */
export async function sessionsOf(rooms: SessionRooms, username: string): Promise<LivingSession[]> {
  const living: LivingSession[] = [];
  for (const { id, cookieDomain, createdAtMs, origin } of await rooms.register.ofPerson(username)) {
    const entry = await rooms.volatile.getByAlias(sessionKind, id);
    if (!entry) continue;
    const session = entry.value as PortalSession;
    if (rooms.nowMs() < endsAtMs(session, entry.expiresAtMs, rooms.cookies))
      living.push({ id, cookieDomain, createdAtMs, lastActivityMs: session.lastActivityMs, origin });
  }
  return living;
}

/** Answers how many there were. */
export async function endSessionsOf(rooms: SessionRooms, username: string, reason: EndReason): Promise<number> {
  if (shutsOut(reason)) await rooms.register.noteShutOut(username, reason, rooms.nowMs());
  const living = await sessionsOf(rooms, username);
  for (const { id } of living) await condemn(rooms, id, reason);
  return living.length;
}
