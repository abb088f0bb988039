/** Random secrets that are shown once and kept as digests. */
import { createHash, randomBytes } from 'node:crypto';

/** Nobody else’s: `ghp_` was used before, and those who look for lost secrets take it for GitHub’s. Old ones go on working. */
export const tokenPrefix = 'gatehouse_';

export function makeSecret(prefix: string): { secret: string; digest: string; hint: string } {
  const secret = prefix + randomBytes(32).toString('base64url');
  return { secret, digest: digestOf(secret), hint: secret.slice(-4) };
}

export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
