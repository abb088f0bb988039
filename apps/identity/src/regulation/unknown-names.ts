/**
 * How a name that the directory does not know is written down. Failures are counted and closed for it as for a person's, so
 * that neither the work nor its course tells who exists; but what was typed may be a password in the wrong field, so a keyed
 * digest of it is all that is kept.
 */
import { createHmac } from 'node:crypto';

/** `login`: as typed. Spellings that most directories take for the same name are the same. */
export type WriteUnknownName = (login: string) => string;

export function openUnknownNames(key: Uint8Array): WriteUnknownName {
  // No longer than names are, so that it weighs in an index what they do.
  return (login) => `?${createHmac('sha256', key).update(folded(login)).digest('base64url').slice(0, 16)}`;
}

/** Case and repeated spaces count for nothing (RFC 4518 section 2). */
function folded(login: string): string {
  return login.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');
}
