/** Random secrets that are shown once and kept as digests. */
import { createHash, randomBytes } from 'node:crypto';

export const tokenPrefix = 'ghp_';

export function makeSecret(prefix: string): { secret: string; digest: string; hint: string } {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, digest: digestOf(secret), hint: secret.slice(-4) };
}

export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
