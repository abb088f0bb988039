/**
 * What a `client_secret` may be, by its shape alone: a password digest of one of five families, or plaintext. Whether a
 * secret matches a digest is not decided here.
 */
import { type Outcome, refused, value } from './outcome.ts';

export type DigestFamily = 'argon2' | 'bcrypt' | 'pbkdf2' | 'scrypt' | 'sha2crypt';

export type ClientSecret =
  | { readonly kind: 'plaintext'; readonly text: string }
  | { readonly kind: 'digest'; readonly family: DigestFamily; readonly text: string };

const shapes: readonly (readonly [DigestFamily, RegExp])[] = [
  ['argon2', /^\$argon2(id|i|d)\$v=19\$m=\d{1,10},t=\d{1,10},p=\d{1,8}\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]{6,}$/],
  ['bcrypt', /^\$2[abxy]\$(1\d|2\d|3[01])\$[./A-Za-z0-9]{53}$/],
  ['bcrypt', /^\$bcrypt-sha256\$v=2,t=2b,r=(1\d|2\d|3[01])\$[./A-Za-z0-9]{22}\$[./A-Za-z0-9]{31}$/],
  ['pbkdf2', /^\$pbkdf2(-sha(1|224|256|384|512))?\$[1-9]\d{0,9}\$[A-Za-z0-9./]+\$[A-Za-z0-9./]+$/],
  ['scrypt', /^\$scrypt\$ln=\d{1,2},r=\d{1,9},p=\d{1,9}\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/],
  ['scrypt', /^\$y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{43}$/],
  ['sha2crypt', /^\$5\$(rounds=\d{4,9}\$)?[^$:\s]{1,16}\$[./A-Za-z0-9]{43}$/],
  ['sha2crypt', /^\$6\$(rounds=\d{4,9}\$)?[^$:\s]{1,16}\$[./A-Za-z0-9]{86}$/],
];

const plaintextPrefix = '$plaintext$';

export function parseClientSecret(text: string): Outcome<ClientSecret> {
  if (text.startsWith(plaintextPrefix)) return plaintext(text.slice(plaintextPrefix.length));
  if (!text.startsWith('$')) return plaintext(text);
  const family = shapes.find(([, shape]) => shape.test(text))?.[0];
  return family
    ? value({ kind: 'digest', family, text })
    : refused(
        "starts with '$' but is no digest of a known kind",
        "Make one with 'gatehouse crypto hash generate pbkdf2', or write '$plaintext$' before a secret in plain text.",
      );
}

function plaintext(text: string): Outcome<ClientSecret> {
  return text === ''
    ? refused('is empty', 'Leave the key out for a client without a secret.')
    : value({ kind: 'plaintext', text });
}
