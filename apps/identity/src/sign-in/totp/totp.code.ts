/**
 * The arithmetic of one-time codes (RFC 6238): which code belongs to which time step, and which step a code belongs to.
 * Pure: it knows neither people nor which codes were spent.
 */
import { timingSafeEqual } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';

export const totpAlgorithms = ['SHA1', 'SHA256', 'SHA512'] as const;
export type TotpAlgorithm = (typeof totpAlgorithms)[number];

export type TotpParameters = {
  readonly algorithm: TotpAlgorithm;
  readonly digits: number;
  readonly periodSeconds: number;
};

export type TotpKey = TotpParameters & {
  readonly issuer: string;
  readonly secret: Uint8Array<ArrayBuffer>;
};

/** RFC 6238 section 4.2: T. */
export function stepAt(atMs: number, periodSeconds: number): number {
  return Math.floor(atMs / 1000 / periodSeconds);
}

export function codeAtStep(key: TotpKey, step: number): string {
  return HOTP.generate({
    secret: new Secret({ buffer: key.secret.slice().buffer }),
    algorithm: key.algorithm,
    digits: key.digits,
    counter: step,
  });
}

/** The code with the spaces people type between groups taken out, or undefined when it cannot be one of this key's. */
export function parseTotpCode(text: string, digits: number): string | undefined {
  if (text.length > 32) return undefined;
  const code = text.replace(/[\s-]/g, '');
  return code.length === digits && /^[0-9]+$/.test(code) ? code : undefined;
}

/**
 * The step within `skew` steps of now whose code this is, the newest if two agree. Compares every step in constant time
 * and never leaves early. `code` is what `parseTotpCode` answered.
 */
export function matchingStep(key: TotpKey, code: string, nowMs: number, skew: number): number | undefined {
  const now = stepAt(nowMs, key.periodSeconds);
  const typed = Buffer.from(code);
  let match: number | undefined;
  for (let step = Math.max(0, now - skew); step <= now + skew; step++) {
    const expected = Buffer.from(codeAtStep(key, step));
    if (expected.length === typed.length && timingSafeEqual(expected, typed)) match = step;
  }
  return match;
}

/** `otpauth://totp/<issuer>:<user>?…`, as authenticator apps read it from a QR code. */
export function otpauthUri(username: string, key: TotpKey): string {
  return new TOTP({
    issuer: key.issuer,
    label: username,
    algorithm: key.algorithm,
    digits: key.digits,
    period: key.periodSeconds,
    secret: base32Of(key.secret),
  }).toString();
}

/** RFC 4648 base32 without padding. */
export function base32Of(secret: Uint8Array<ArrayBuffer>): string {
  return new Secret({ buffer: secret.slice().buffer }).base32;
}

export function secretOfBase32(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Secret.fromBase32(text).bytes);
}
