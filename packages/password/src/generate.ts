/**
 * Makes new digests. A blank is a digest with a fresh salt that no secret matches: deriving from it and putting the result
 * in its place is how a digest is made, and verifying against it costs what a real one costs.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { encodeBase64 as encodeBcryptBase64 } from 'bcryptjs';
import { bcryptSecretBytesMax } from './bcrypt.ts';
import { type Digest, deriveKey, formatDigest } from './digest.ts';
import { type HashOptions, hashOptionsFault } from './hash-options.ts';
import { pbkdf2KeyLength } from './pbkdf2.ts';
import { sha2CryptKeyLength } from './sha2-crypt.ts';

/** The options ask for what cannot be done or is not safe, or the secret cannot be hashed that way. */
export class CannotHash extends Error {
  readonly code = 'cannot-hash';
  override readonly name = 'CannotHash';
}

/** Makes a digest's text. Long work of bcrypt and SHA-crypt holds up the calling thread. Throws `CannotHash`. */
export async function generateDigest(options: HashOptions, secret: string): Promise<string> {
  const fault = hashOptionsFault(options);
  if (fault !== undefined) throw new CannotHash(`A digest of the ${options.algorithm} family ${fault}.`);
  if (options.algorithm === 'bcrypt' && options.variant === 'standard') refuseLong(secret);
  const blank = blankDigest(options);
  return formatDigest({ ...blank, key: await deriveKey(blank, secret) });
}

function refuseLong(secret: string): void {
  if (Buffer.byteLength(secret) > bcryptSecretBytesMax)
    throw new CannotHash(
      `bcrypt looks at the first ${bcryptSecretBytesMax} bytes only, and this password is longer. Use the variant sha256 or another algorithm.`,
    );
}

/** Random salt, random key, the costs that `options` ask for. */
export function blankDigest(options: HashOptions): Digest {
  switch (options.algorithm) {
    case 'argon2': {
      const { variant, iterations, memory, parallelism } = options;
      return { family: 'argon2', variant, iterations, memory, parallelism, ...saltAndKey(options) };
    }
    case 'scrypt': {
      const { iterations, blockSize, parallelism } = options;
      return { family: 'scrypt', iterations, blockSize, parallelism, ...saltAndKey(options) };
    }
    case 'pbkdf2': {
      const { variant, iterations, saltLength } = options;
      return {
        family: 'pbkdf2',
        variant,
        iterations,
        ...saltAndKey({ saltLength, keyLength: pbkdf2KeyLength[variant] }),
      };
    }
    case 'bcrypt':
      return {
        family: 'bcrypt',
        variant: options.variant,
        cost: options.cost,
        salt: encodeBcryptBase64(randomBytes(16), 16),
        key: randomBytes(31),
      };
    case 'sha2crypt':
      return {
        family: 'sha2crypt',
        variant: options.variant,
        iterations: options.iterations,
        salt: Array.from({ length: options.saltLength }, () => saltAlphabet[randomInt(saltAlphabet.length)]).join(''),
        key: randomBytes(sha2CryptKeyLength[options.variant]),
      };
  }
}

const saltAlphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function saltAndKey(lengths: { saltLength: number; keyLength: number }): { salt: Buffer; key: Buffer } {
  return { salt: randomBytes(lengths.saltLength), key: randomBytes(lengths.keyLength) };
}

/** A digest that costs the same and that no secret matches. */
export function decoyOf(digest: Digest): Digest {
  return { ...digest, key: randomBytes(digest.key.length) };
}
