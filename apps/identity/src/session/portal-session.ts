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
  /** A security key or passkey beside the password. */
  readonly webauthn?: number;
  /** A passkey by itself, in place of the password. */
  readonly passkey?: number;
  /** By Duo, in the way that `PortalSession.pushWay` says. */
  readonly push?: number;
  /** A recovery code in place of a second factor that is lost. */
  readonly recovery?: number;
};

/**
 * How Duo was satisfied: a request approved on a device, a telephone call, a code that came by SMS, a code that a device shows.
 * `bypass`: by Duo's policy the person was asked nothing.
 */
export type PushWay = 'push' | 'phone' | 'sms' | 'code' | 'bypass';

/** What the key that was used last showed of itself and of whoever holds it. */
export type KeyProof = {
  /** `cross-platform` can be carried to another device; whatever says nothing counts as part of its device. */
  readonly attachment: 'platform' | 'cross-platform';
  readonly userPresent: boolean;
  /** By PIN, finger or face. */
  readonly userVerified: boolean;
  /** It was used by itself, and the configuration takes that with user verification for two factors. */
  readonly countsTwice: boolean;
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
  /** There with the factors `webauthn` and `passkey`. */
  readonly key?: KeyProof;
  /** There with the factor `push`. */
  readonly pushWay?: PushWay;
  /** Proof of the mailbox, needed to change factors (Authelia: elevated session). Bound to the address that asked. */
  readonly elevation?: { readonly expiresAtMs: number; readonly remoteAddress: string };
};

/** 0 nobody, 1 one factor, 2 a knowledge and a possession factor (Authelia's authentication level). */
export type Level = 0 | 1 | 2;

export function levelOf(session: PortalSession | undefined): Level {
  if (!session) return 0;
  const { knowledge, possession } = kindsOf(session);
  if ((knowledge && (possession || session.pushWay === 'bypass')) || session.key?.countsTwice) return 2;
  return knowledge || possession ? 1 : 0;
}

/** When the factor that says who somebody is was last proven: the password, or a passkey in its place. */
export function firstFactorAtMs({ factors }: PortalSession): number | undefined {
  const { password, passkey } = factors;
  return password === undefined || passkey === undefined ? (password ?? passkey) : Math.max(password, passkey);
}

/** `auth_time`: the later of the first- and the second-factor time, in milliseconds. */
export function authenticatedAtMs(session: PortalSession): number {
  return Math.max(0, ...Object.values(session.factors));
}

/**
 * `amr` values in Authelia's emission order (RFC 8176 names where they exist). `mfa` says that knowledge and possession were
 * both shown here; a passkey that counts as two factors by the configuration alone, or Duo asking for nothing, does not say it.
 */
export function amrOf(session: PortalSession): string[] {
  const { factors, key, pushWay } = session;
  const { knowledge, possession } = kindsOf(session);
  const amr: string[] = [];
  if (knowledge) amr.push('pwd', 'kba');
  if (factors.totp !== undefined || pushWay === 'code') amr.push('otp');
  if (pushWay === 'sms') amr.push('sms');
  if (pushWay === 'phone') amr.push('tel');
  if (key) {
    amr.push('pop', key.attachment === 'cross-platform' ? 'hwk' : 'swk');
    if (key.userPresent) amr.push('user');
    if (key.userVerified) amr.push('pin');
  }
  if (knowledge && possession) amr.push('mfa');
  // A push, a call or an SMS reaches the person beside the browser.
  if (pushWay === 'push' || pushWay === 'phone' || pushWay === 'sms') amr.push('mca');
  return amr;
}

function kindsOf({ factors, pushWay }: PortalSession) {
  const used = [factors.totp, factors.webauthn, factors.passkey, factors.recovery].some((time) => time !== undefined);
  const possession = used || (pushWay !== undefined && pushWay !== 'bypass');
  return { knowledge: factors.password !== undefined, possession };
}
