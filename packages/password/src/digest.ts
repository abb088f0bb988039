/**
 * A password digest of any family: text to value, value to text, and the one question it answers. Which thread pays for the
 * answer and how many run at once is the pool's matter.
 */
import { timingSafeEqual } from 'node:crypto';
import { type Argon2Digest, deriveArgon2, formatArgon2, parseArgon2 } from './argon2.ts';
import { type BcryptDigest, deriveBcrypt, formatBcrypt, parseBcrypt } from './bcrypt.ts';
import { type Parsed, refused } from './parsed.ts';
import { derivePbkdf2, formatPbkdf2, type Pbkdf2Digest, parsePbkdf2 } from './pbkdf2.ts';
import { deriveScrypt, formatScrypt, parseScrypt, type ScryptDigest, scryptMemoryBytes } from './scrypt.ts';
import { deriveSha2Crypt, formatSha2Crypt, parseSha2Crypt, type Sha2CryptDigest } from './sha2-crypt.ts';

/** Families whose work the runtime does in its own threads. */
export type NativeDigest = Argon2Digest | Pbkdf2Digest | ScryptDigest;
/** Families computed in JavaScript, which would hold up whatever thread they run on. */
export type ScriptDigest = BcryptDigest | Sha2CryptDigest;
export type Digest = NativeDigest | ScriptDigest;

const textLengthMax = 4096;

/**
 * Reads a digest in any shape a users file or a client secret may hold. The prefixes of LDAP servers are understood:
 * `{CRYPT}` and `{ARGON2}` fall away, `{PBKDF2-SHA512}310000$salt$key` becomes `$pbkdf2-sha512$310000$salt$key`.
 */
export function parseDigest(given: string): Parsed<Digest> {
  if (given.length > textLengthMax) return refused(`is longer than ${textLengthMax} characters`);
  const text = withoutLdapPrefix(given);
  if (text.startsWith('$argon2')) return parseArgon2(text);
  if (text.startsWith('$pbkdf2')) return parsePbkdf2(text);
  if (text.startsWith('$scrypt$') || text.startsWith('$y$')) return parseScrypt(text);
  if (/^\$(2[a-z]?|bcrypt-sha256)\$/.test(text)) return parseBcrypt(text);
  if (/^\$[56]\$/.test(text)) return parseSha2Crypt(text);
  if (/^\$plaintext\$/.test(text)) return refused('is a password in plain text, not a digest');
  if (/^(\$1\$|\$sha1\$|\{S?(SHA|MD5))/i.test(text)) return refused('is of a kind too weak to be accepted');
  return refused('is no digest of a known kind: argon2, bcrypt, PBKDF2, scrypt or SHA-crypt');
}

function withoutLdapPrefix(text: string): string {
  const [prefix, name = '', variant = ''] = /^\{(CRYPT|ARGON2|PBKDF2)(-SHA\d{1,3})?\}/i.exec(text) ?? [];
  if (prefix === undefined) return text;
  const rest = text.slice(prefix.length);
  return name.toUpperCase() === 'PBKDF2' ? `$pbkdf2${variant.toLowerCase()}$${rest}` : rest;
}

export function formatDigest(digest: Digest): string {
  switch (digest.family) {
    case 'argon2':
      return formatArgon2(digest);
    case 'pbkdf2':
      return formatPbkdf2(digest);
    case 'scrypt':
      return formatScrypt(digest);
    case 'bcrypt':
      return formatBcrypt(digest);
    case 'sha2crypt':
      return formatSha2Crypt(digest);
  }
}

export function isScriptDigest(digest: Digest): digest is ScriptDigest {
  return digest.family === 'bcrypt' || digest.family === 'sha2crypt';
}

/** What the digest's own salt and costs make of a secret; equal to `digest.key` when the secret is the right one. */
export async function deriveKey(digest: Digest, secret: string): Promise<Buffer> {
  return isScriptDigest(digest) ? deriveScriptKey(digest, secret) : deriveNativeKey(digest, secret);
}

/** Does not hold up the calling thread. */
export function deriveNativeKey(digest: NativeDigest, secret: string): Promise<Buffer> {
  switch (digest.family) {
    case 'argon2':
      return deriveArgon2(digest, secret);
    case 'pbkdf2':
      return derivePbkdf2(digest, secret);
    case 'scrypt':
      return deriveScrypt(digest, secret);
  }
}

/** Holds up the calling thread for as long as it takes. */
export function deriveScriptKey(digest: ScriptDigest, secret: string): Buffer {
  return digest.family === 'bcrypt' ? deriveBcrypt(digest, secret) : deriveSha2Crypt(digest, secret);
}

/** Compares in a time that depends on the length alone. */
export function keyMatches(digest: Digest, key: Uint8Array): boolean {
  return key.length === digest.key.length && timingSafeEqual(key, digest.key);
}

/** Memory that one derivation takes beyond the ordinary. */
export function memoryBytesOf(digest: Digest): number {
  if (digest.family === 'argon2') return digest.memory * 1024;
  return digest.family === 'scrypt' ? scryptMemoryBytes(digest) : 0;
}

/** Equal for digests that cost the same to verify. */
export function costOf(digest: Digest): string {
  switch (digest.family) {
    case 'argon2':
      return `${digest.variant} ${digest.memory} ${digest.iterations} ${digest.parallelism}`;
    case 'pbkdf2':
      return `pbkdf2 ${digest.variant} ${digest.iterations} ${digest.key.length}`;
    case 'scrypt':
      return `scrypt ${digest.iterations} ${digest.blockSize} ${digest.parallelism}`;
    case 'bcrypt':
      return `bcrypt ${digest.cost}`;
    case 'sha2crypt':
      return `sha2crypt ${digest.variant} ${digest.iterations}`;
  }
}
