/**
 * PBKDF2 digests (RFC 8018) in the modular form that passlib and Authelia write: `$pbkdf2-sha512$310000$<salt>$<key>` with
 * adapted base64. `$pbkdf2$` alone means SHA-1. The work runs in libuv's pool.
 */
import { pbkdf2 } from 'node:crypto';
import { decodeAdaptedBase64, encodeAdaptedBase64 } from './base64.ts';
import { type Parsed, parsed, refused } from './parsed.ts';

export type Pbkdf2Variant = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

export type Pbkdf2Digest = {
  readonly family: 'pbkdf2';
  readonly variant: Pbkdf2Variant;
  readonly iterations: number;
  readonly salt: Buffer;
  readonly key: Buffer;
};

const shape = /^\$pbkdf2(?:-(sha1|sha224|sha256|sha384|sha512))?\$([1-9]\d{0,11})\$([A-Za-z0-9./]+)\$([A-Za-z0-9./]+)$/;

/** Some seconds of work on one core. */
export const pbkdf2IterationsMax = 10_000_000;
const saltBytesMax = 1024;
/** A short key would let many passwords pass; a long one costs one whole run for each block of the hash. */
const keyBytesMin = 10;
const keyBytesMax = 64;

export function parsePbkdf2(text: string): Parsed<Pbkdf2Digest> {
  const [whole, variant = 'sha1', iterationsText, saltText, keyText] = shape.exec(text) ?? [];
  if (whole === undefined || saltText === undefined || keyText === undefined)
    return refused("is no PBKDF2 digest of the form '$pbkdf2-sha512$iterations$salt$key'");
  const iterations = Number(iterationsText);
  if (iterations > pbkdf2IterationsMax) return refused(`asks for more than ${pbkdf2IterationsMax} iterations`);
  const salt = decodeAdaptedBase64(saltText, saltBytesMax);
  const key = decodeAdaptedBase64(keyText, keyBytesMax);
  if (!salt || !key) return refused("has a salt or key that is not base64 with '.' for '+', or is too long");
  if (key.length < keyBytesMin) return refused(`has a key of less than ${keyBytesMin} bytes`);
  return parsed({ family: 'pbkdf2', variant: variant as Pbkdf2Variant, iterations, salt, key });
}

export function derivePbkdf2(digest: Pbkdf2Digest, secret: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    pbkdf2(secret, digest.salt, digest.iterations, digest.key.length, digest.variant, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

export function formatPbkdf2(digest: Pbkdf2Digest): string {
  const id = digest.variant === 'sha1' ? 'pbkdf2' : `pbkdf2-${digest.variant}`;
  return `$${id}$${digest.iterations}$${encodeAdaptedBase64(digest.salt)}$${encodeAdaptedBase64(digest.key)}`;
}

export const pbkdf2KeyLength: Readonly<Record<Pbkdf2Variant, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};
