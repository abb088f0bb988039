/**
 * The portal session: the only truth about who is here and by which factors.
 *
 * This file holds its shape and the pure questions one may ask of it. Reading, raising and ending sessions is in
 * `sessions.ts`; nothing here does I/O.
 */

/** When each factor was last proven, in milliseconds since the epoch. A factor that was not used is absent. */
export type FactorTimes = {
  readonly password?: number;
  readonly totp?: number;
};

export type PortalSession = {
  /** Public and stable for the life of the session; never the cookie's value. */
  readonly id: string;
  /** The cookie domain this session belongs to (`session.cookies[].domain`). */
  readonly cookieDomain: string;
  /** Canonical name from the directory. */
  readonly username: string;
  readonly rememberMe: boolean;
  readonly createdAtMs: number;
  readonly lastActivityMs: number;
  readonly factors: FactorTimes;
  /** Proof of the mailbox, needed to change factors (Authelia: elevated session). Bound to the address that asked. */
  readonly elevation?: { readonly expiresAtMs: number; readonly remoteAddress: string };
};

/** 0 nobody, 1 one factor, 2 a knowledge and a possession factor (Authelia's authentication level). */
export type Level = 0 | 1 | 2;

export function levelOf(session: PortalSession | undefined): Level {
  if (!session) return 0;
  const knowledge = session.factors.password !== undefined;
  const possession = session.factors.totp !== undefined;
  if (knowledge && possession) return 2;
  return knowledge || possession ? 1 : 0;
}

/** `auth_time`: the later of the first- and the second-factor time, in milliseconds. */
export function authenticatedAtMs(session: PortalSession): number {
  return Math.max(0, ...Object.values(session.factors));
}

/** `amr` values in Authelia's emission order (RFC 8176 names where they exist). */
export function amrOf(session: PortalSession): string[] {
  const amr: string[] = [];
  if (session.factors.password !== undefined) amr.push('pwd', 'kba');
  if (session.factors.totp !== undefined) amr.push('otp');
  if (levelOf(session) === 2) amr.push('mfa');
  return amr;
}
