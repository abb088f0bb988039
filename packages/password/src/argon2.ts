/**
 * Argon2 digests (RFC 9106) in the PHC string form: `$argon2id$v=19$m=65536,t=3,p=4$<salt>$<key>`. Only version 0x13, only
 * this order of parameters. The work runs in libuv's pool.
 */
import { argon2 } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { type Parsed, parsed, refused } from './parsed.ts';

export type Argon2Digest = {
  readonly family: 'argon2';
  readonly variant: 'argon2id' | 'argon2i' | 'argon2d';
  /** KiB. */
  readonly memory: number;
  readonly iterations: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly key: Buffer;
};

const shape =
  /^\$(argon2id|argon2i|argon2d)\$v=(\d{1,3})\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,8})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** 2 GiB at once, the most that RFC 9106 recommends, and the work of eight passes over it. */
const memoryMax = 2_097_152;
const workMax = 8 * memoryMax;
const parallelismMax = 64;
const bytesMax = 128;
/** The least that the library below takes. */
const saltBytesMin = 8;

export function parseArgon2(text: string): Parsed<Argon2Digest> {
  const [, variant, version, m, t, p, saltText, keyText] = shape.exec(text) ?? [];
  if (variant === undefined || saltText === undefined || keyText === undefined)
    return refused("is no argon2 digest of the form '$argon2id$v=19$m=…,t=…,p=…$salt$key'");
  if (version !== '19') return refused('is an argon2 digest of another version than 19');
  const [memory, iterations, parallelism] = [Number(m), Number(t), Number(p)];
  const salt = decodeBase64(saltText, bytesMax);
  const key = decodeBase64(keyText, bytesMax);
  if (!salt || !key) return refused('has a salt or key that is not plain base64, or is too long');
  const fault = argon2Fault({ memory, iterations, parallelism, saltLength: salt.length, keyLength: key.length });
  if (fault !== undefined) return refused(fault);
  return parsed({
    family: 'argon2',
    variant: variant as Argon2Digest['variant'],
    memory,
    iterations,
    parallelism,
    salt,
    key,
  });
}

/** Why these parameters cannot be used, if they cannot; continues a sentence whose subject is the digest. */
export function argon2Fault(given: {
  readonly memory: number;
  readonly iterations: number;
  readonly parallelism: number;
  readonly saltLength: number;
  readonly keyLength: number;
}): string | undefined {
  if (given.iterations < 1) return 'asks for no iterations; one is the least';
  if (given.parallelism < 1 || given.parallelism > parallelismMax)
    return `needs a parallelism of 1 to ${parallelismMax}`;
  if (given.memory < 8 * given.parallelism) return 'needs at least 8 KiB of memory for each degree of parallelism';
  if (given.memory > memoryMax) return 'asks for more than 2 GiB of memory';
  if (given.memory * given.iterations > workMax) return 'asks for more work than eight passes over 2 GiB';
  if (given.saltLength < saltBytesMin) return `has a salt of less than ${saltBytesMin} bytes`;
  if (given.keyLength < 4) return 'has a key of less than 4 bytes';
  if (given.saltLength > bytesMax || given.keyLength > bytesMax)
    return `has a salt or key of more than ${bytesMax} bytes`;
  return undefined;
}

export function deriveArgon2(digest: Argon2Digest, secret: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2(
      digest.variant,
      {
        message: secret,
        nonce: digest.salt,
        parallelism: digest.parallelism,
        tagLength: digest.key.length,
        memory: digest.memory,
        passes: digest.iterations,
      },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

export function formatArgon2(digest: Argon2Digest): string {
  const costs = `m=${digest.memory},t=${digest.iterations},p=${digest.parallelism}`;
  return `$${digest.variant}$v=19$${costs}$${encodeBase64(digest.salt)}$${encodeBase64(digest.key)}`;
}
