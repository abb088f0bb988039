/** Digests, base 64 and base 32, parts of URLs, fresh identifiers. */
import { createHash, randomUUID } from 'node:crypto';
import { printed } from '../value.ts';
import { count, FunctionRefusal, type Functions, onText, onTexts } from './arguments.ts';

const digest = (algorithm: string) => onText((text) => createHash(algorithm).update(text).digest('hex'));

export const encodingFunctions: Functions = {
  sha1sum: digest('sha1'),
  sha256sum: digest('sha256'),
  sha512sum: digest('sha512'),
  b64enc: onText((text) => Buffer.from(text).toString('base64')),
  b64dec: onText((text) => Buffer.from(text, 'base64').toString()),
  b32enc: onText(base32),
  b32dec: onText(fromBase32),
  urlquery: (values) => queryEscaped(values.map(printed).join('')),
  urlunquery: onText((text) => decoded(text.replaceAll('+', ' '))),
  urlqueryarg: onTexts((url, name) => {
    if (!URL.canParse(url)) throw new FunctionRefusal('is given something that is no URL', 'Give it a whole URL.');
    return new URL(url).searchParams.get(name) ?? '';
  }),
  uuidv4: (values) => {
    count(values, 0);
    return randomUUID();
  },
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6, padded. */
function base32(text: string): string {
  let bits = '';
  for (const byte of Buffer.from(text)) bits += byte.toString(2).padStart(8, '0');
  const letters = (bits.match(/.{1,5}/g) ?? []).map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]);
  return letters.join('').padEnd(Math.ceil(letters.length / 8) * 8, '=');
}

function fromBase32(text: string): string {
  const letters = [...text.replace(/=+$/, '')].map((letter) => alphabet.indexOf(letter));
  if (letters.includes(-1))
    throw new FunctionRefusal('is given something that is no base 32', 'Use A to Z and 2 to 7.');
  const bits = letters.map((value) => value.toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))).toString();
}

function queryEscaped(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new FunctionRefusal('is given a broken escape', "After '%' stand two hexadecimal digits.");
  }
}
