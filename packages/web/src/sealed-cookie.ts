/**
 * A value kept by the browser that only this application can read or make: JSON under AES-256-GCM, bound to the cookie's
 * purpose and with its expiry inside, so that an old or a moved cookie does not open.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

export interface CookieSealer {
  /** `purpose` is usually the cookie's name. */
  seal(purpose: string, value: unknown, expiresAtMs: number): string;
  /** The value, or undefined for anything expired, altered, made for another purpose or under another key. */
  open(purpose: string, sealed: string): unknown;
}

const sealedTextMax = 4096;
const nonceBytes = 12;
const tagBytes = 16;

export function cookieSealer(secret: string, nowMs: () => number): CookieSealer {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'gatehouse:cookie:v1', 32)));
  return {
    seal(purpose, value, expiresAtMs) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(JSON.stringify({ e: expiresAtMs, v: value })), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
    },
    open(purpose, sealed) {
      if (sealed.length > sealedTextMax) return undefined;
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= nonceBytes + tagBytes) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(-tagBytes));
        const body = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
        const { e, v } = JSON.parse(body.toString()) as { e: number; v: unknown };
        return nowMs() < e ? v : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
