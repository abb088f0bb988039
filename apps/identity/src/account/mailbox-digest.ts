/** Which mailbox something was sent to, without keeping its address. Case counts for nothing: no mailbox differs by it alone. */
import { createHash } from 'node:crypto';

export function mailboxDigest(address: string): string {
  return createHash('sha256').update(address.toLowerCase()).digest('base64url');
}
