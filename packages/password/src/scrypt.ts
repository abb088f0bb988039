/**
 * scrypt digests (RFC 7914): `$scrypt$ln=16,r=8,p=1$<salt>$<key>`, where `ln` is the binary logarithm of N. The work runs in
 * libuv's pool. yescrypt (`$y$`) is another function: no maintained library for it runs here, so it is refused by name.
 */
import { scrypt } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { type Parsed, parsed, refused } from './parsed.ts';

export type ScryptDigest = {
  readonly family: 'scrypt';
  /** The binary logarithm of N. */
  readonly iterations: number;
  readonly blockSize: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly key: Buffer;
};

const shape = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,9}),p=(\d{1,9})\$([A-Za-z0-9+/]*)\$([A-Za-z0-9+/]+)$/;

const memoryBytesMax = 2 ** 30;
/** Sixteen passes over the most memory. */
const workMax = 16 * memoryBytesMax;
const saltBytesMax = 1024;
const keyBytesMin = 10;
const keyBytesMax = 128;

export function parseScrypt(text: string): Parsed<ScryptDigest> {
  if (text.startsWith('$y$'))
    return refused(
      'is a yescrypt digest, which cannot be verified here',
      "Give the person a new password and write its digest, made with 'gatehouse crypto hash generate argon2'.",
    );
  const [whole, ln, r, p, saltText, keyText] = shape.exec(text) ?? [];
  if (whole === undefined || saltText === undefined || keyText === undefined)
    return refused("is no scrypt digest of the form '$scrypt$ln=…,r=…,p=…$salt$key'");
  const salt = decodeBase64(saltText, saltBytesMax);
  const key = decodeBase64(keyText, keyBytesMax);
  if (!salt || !key) return refused('has a salt or key that is not plain base64, or is too long');
  const costs = { iterations: Number(ln), blockSize: Number(r), parallelism: Number(p) };
  const fault = scryptFault({ ...costs, keyLength: key.length });
  return fault === undefined ? parsed({ family: 'scrypt', ...costs, salt, key }) : refused(fault);
}

type Costs = { readonly iterations: number; readonly blockSize: number; readonly parallelism: number };

/** Why these parameters cannot be used, if they cannot; continues a sentence whose subject is the digest. */
export function scryptFault(given: Costs & { readonly keyLength: number }): string | undefined {
  if (given.iterations < 1 || given.iterations > 24) return 'needs ln from 1 to 24';
  if (given.blockSize < 1 || given.parallelism < 1) return 'needs r and p of at least 1';
  if (scryptMemoryBytes(given) > memoryBytesMax) return 'asks for more than 1 GiB of memory';
  if (128 * 2 ** given.iterations * given.blockSize * given.parallelism > workMax)
    return 'asks for more work than sixteen passes over 1 GiB';
  if (given.keyLength < keyBytesMin || given.keyLength > keyBytesMax)
    return `needs a key of ${keyBytesMin} to ${keyBytesMax} bytes`;
  return undefined;
}

/** RFC 7914 section 2: N blocks and p blocks of 128·r bytes each. */
export function scryptMemoryBytes({ iterations, blockSize, parallelism }: Costs): number {
  return 128 * blockSize * (2 ** iterations + parallelism + 2);
}

export function deriveScrypt(digest: ScryptDigest, secret: string): Promise<Buffer> {
  const options = {
    N: 2 ** digest.iterations,
    r: digest.blockSize,
    p: digest.parallelism,
    maxmem: 2 * scryptMemoryBytes(digest),
  };
  return new Promise((resolve, reject) => {
    scrypt(secret, digest.salt, digest.key.length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

export function formatScrypt(digest: ScryptDigest): string {
  const costs = `ln=${digest.iterations},r=${digest.blockSize},p=${digest.parallelism}`;
  return `$scrypt$${costs}$${encodeBase64(digest.salt)}$${encodeBase64(digest.key)}`;
}
