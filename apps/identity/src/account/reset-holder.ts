/**
 * Whether a link to a new password still fits whoever it was made for: they are in the directory, the mailbox it went to is
 * still theirs, and their password is still the one that was forgotten. A mailbox that was taken away from somebody, or a
 * password that was set anew elsewhere, ends the link as if it had been used.
 */
import type { Directory, Identity } from '../directory/directory.ts';
import { mailboxDigest } from './mailbox-digest.ts';
import type { MadeFor } from './reset-links.ts';

export type HolderAnswer =
  | { readonly kind: 'holder'; readonly identity: Identity }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

type Asked = Pick<Directory, 'find' | 'passwordMark'>;

export async function holderOf(directory: Asked, madeFor: MadeFor): Promise<HolderAnswer> {
  const found = await directory.find(madeFor.username);
  if (found.kind === 'unavailable') return found;
  if (found.kind === 'unknown' || found.identity.username !== madeFor.username) return { kind: 'gone' };
  if (!found.identity.emails.some((address) => mailboxDigest(address) === madeFor.mailbox)) return { kind: 'gone' };
  const password = await directory.passwordMark(madeFor.username);
  if (password.kind === 'unavailable') return password;
  if (password.kind === 'unknown' || password.mark !== madeFor.passwordMark) return { kind: 'gone' };
  return { kind: 'holder', identity: found.identity };
}
