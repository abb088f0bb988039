/**
 * bcrypt digests (`$2a$`, `$2b$`, `$2x$`, `$2y$`) and passlib's bcrypt-sha256 version 2, which hashes the password first so
 * that more than 72 bytes count. The function itself is bcryptjs. It runs where it is called and takes long: only the
 * worker threads and the command line call it.
 *
 * `$2x$` marks digests of a library that mistook bytes above 127. They are verified as `$2b$`, which is the same for ASCII
 * and refuses other passwords.
 */
import { createHmac } from 'node:crypto';
import { hashSync } from 'bcryptjs';
import { type Parsed, parsed, refused } from './parsed.ts';

export type BcryptDigest = {
  readonly family: 'bcrypt';
  readonly variant: 'standard' | 'sha256';
  readonly cost: number;
  /** 22 characters of bcrypt's own base64. */
  readonly salt: string;
  /** 31 characters of the same, as ASCII. */
  readonly key: Buffer;
};

const standard = /^\$2[abxy]\$(\d\d)\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;
const sha256 = /^\$bcrypt-sha256\$v=2,t=2b,r=(\d{1,2})\$([./A-Za-z0-9]{22})\$([./A-Za-z0-9]{31})$/;

export const bcryptCostMin = 10;
/** Each step doubles the work; 18 is already some twenty seconds. */
export const bcryptCostMax = 18;
export const bcryptSecretBytesMax = 72;

export function parseBcrypt(text: string): Parsed<BcryptDigest> {
  const variant = text.startsWith('$bcrypt-sha256$') ? 'sha256' : 'standard';
  const [, costText, salt, key] = (variant === 'sha256' ? sha256 : standard).exec(text) ?? [];
  if (salt === undefined || key === undefined)
    return refused("is no bcrypt digest of the form '$2b$12$…' or '$bcrypt-sha256$v=2,t=2b,r=12$…$…'");
  const cost = Number(costText);
  if (cost < bcryptCostMin || cost > bcryptCostMax)
    return refused(`is a bcrypt digest whose cost is not from ${bcryptCostMin} to ${bcryptCostMax}`);
  return parsed({ family: 'bcrypt', variant, cost, salt, key: Buffer.from(key, 'ascii') });
}

export function deriveBcrypt(digest: BcryptDigest, secret: string): Buffer {
  const input =
    digest.variant === 'sha256' ? createHmac('sha256', digest.salt).update(secret).digest('base64') : secret;
  return Buffer.from(hashSync(input, `$2b$${digest.cost}$${digest.salt}`).slice(-31), 'ascii');
}

export function formatBcrypt(digest: BcryptDigest): string {
  const key = digest.key.toString('ascii');
  return digest.variant === 'sha256'
    ? `$bcrypt-sha256$v=2,t=2b,r=${digest.cost}$${digest.salt}$${key}`
    : `$2b$${digest.cost}$${digest.salt}${key}`;
}
