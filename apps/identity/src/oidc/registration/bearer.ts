/** The tokens of registration: random, shown once, kept as digests. */
import { createHash, randomBytes } from 'node:crypto';

export function newBearer(): string {
  return randomBytes(32).toString('base64url');
}

export function digestOfBearer(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
