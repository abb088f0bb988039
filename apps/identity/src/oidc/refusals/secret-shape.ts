/**
 * What is wrong with a client secret that did not match, told from its shape alone: a digest pasted into the application,
 * stray blanks or quotes, percent-encoding, a damaged digest in the configuration. Never the secret, and never how much of it
 * is right. Pure.
 */
import { type ClientSecret, parseClientSecret } from '../../config/values/digest.ts';

export type SecretShape =
  /** The application sends the very digest of the configuration. */
  | 'the-digest'
  /** The application sends some digest, and another secret is registered. */
  | 'a-digest'
  /** The application sends a digest, and the configuration has a plain secret: they were swapped. */
  | 'swapped'
  /** What stands in the configuration looks like a digest that lost its `$` signs. */
  | 'damaged-digest'
  | 'blanks'
  | 'quotes'
  | 'encoding'
  | 'other';

export function secretShape(presented: string, registered: ClientSecret): SecretShape {
  const text = presented.trim();
  if (registered.kind === 'digest' && text === registered.text) return 'the-digest';
  if (looksLikeDigest(text)) return registered.kind === 'plaintext' ? 'swapped' : 'a-digest';
  if (registered.kind === 'plaintext' && damagedDigest.test(registered.text)) return 'damaged-digest';
  if (text !== presented) return 'blanks';
  if (/^(["'`]).*\1$/s.test(presented)) return 'quotes';
  if (/%[0-9A-Fa-f]{2}|[ +]/.test(presented)) return 'encoding';
  return 'other';
}

/** With a `$` at the front, whole or cut short. */
function looksLikeDigest(text: string): boolean {
  if (!text.startsWith('$')) return false;
  const parsed = parseClientSecret(text);
  return /^\$(argon2|2[abxy]\$|bcrypt|pbkdf2|scrypt|y\$|5\$|6\$)/.test(text) || parsed.kind === 'value';
}

/** `$pbkdf2-sha512$310000$…` after a shell or a compose file took the variables out of it. */
const damagedDigest = /^-?(pbkdf2-sha|argon2id?|bcrypt-sha256|sha512|scrypt)|^(=|,|\.)?[a-z0-9-]*\$?v=19|^\$\$/;
