/** Keys for single purposes, from the one secret that seals (`storage.encryption_key`): HKDF (RFC 5869) with SHA-256. */
import { hkdfSync } from 'node:crypto';

/** Another key than the one that seals, and another one for each purpose. */
export function derivedKey(encryptionKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', encryptionKey, '', purpose, 32));
}
