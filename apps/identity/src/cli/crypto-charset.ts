/** Random text from a named set of characters, or from characters that were given. */
import { randomInt } from 'node:crypto';
import { CallNotUnderstood, type Flags, type ReadCall } from './crypto-flags.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

const charsets: ReadonlyMap<string, string> = new Map([
  ['ascii', `${letters}${digits}!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`],
  ['alphanumeric', `${letters}${digits}`],
  ['alphabetic', letters],
  ['numeric', digits],
  ['numeric-hex', `${digits}ABCDEF`],
  ['rfc3986', `${letters}${digits}-._~`],
]);

const lengthMax = 65_536;

/** The three flags, each after `prefix`: `random.` for passwords, nothing for `crypto rand`. */
export function randomFlags(
  prefix: string,
  shorts: { readonly length?: string; readonly charset?: string } = {},
): Flags {
  return {
    [`${prefix}length`]: { type: 'string', ...short(shorts.length), default: '72', help: 'how many characters' },
    [`${prefix}charset`]: {
      type: 'string',
      ...short(shorts.charset),
      default: 'alphanumeric',
      help: `which characters: ${[...charsets.keys()].join(', ')}`,
    },
    [`${prefix}characters`]: { type: 'string', help: 'exactly these characters instead of a named set' },
  };
}

function short(letter: string | undefined): { short?: string } {
  return letter === undefined ? {} : { short: letter };
}

/** Throws `CallNotUnderstood`. */
export function randomText(call: ReadCall, prefix: string): string {
  const length = call.whole(`${prefix}length`) ?? 0;
  if (length > lengthMax) throw new CallNotUnderstood(`--${prefix}length may be at most ${lengthMax}.`);
  const charset = call.text(`${prefix}charset`) ?? '';
  const characters = [...new Set(call.text(`${prefix}characters`) ?? charsets.get(charset) ?? '')];
  if (characters.length < 2)
    throw new CallNotUnderstood(
      `--${prefix}charset is one of ${[...charsets.keys()].join(', ')}; --${prefix}characters needs two different ones or more.`,
    );
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('');
}
