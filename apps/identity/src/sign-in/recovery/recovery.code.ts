/**
 * Recovery codes: how they look, how they are read, and what is kept of them. Sixteen characters that nobody mistakes are 73
 * bits, so that a plain digest gives nothing away to whoever has the table. Pure.
 */
import { createHash } from 'node:crypto';

/** No 0 O, 1 I, 2 Z, 5 S, 8 B, U V. */
const characters = 'ACDEFGHJKLMNPQRTWXY34679';
const groups = 4;
const groupCharacters = 4;
export const codesMade = 10;

/** In groups of four, as people copy them. `randomInt` is uniform in 0 ≤ n < max. */
export function makeCodes(randomInt: (max: number) => number): string[] {
  const letter = () => characters.charAt(randomInt(characters.length));
  const group = () => Array.from({ length: groupCharacters }, letter).join('');
  return Array.from({ length: codesMade }, () => Array.from({ length: groups }, group).join('-'));
}

/** The code as it was made, in any case, with or without its groups; undefined for what cannot be one. */
export function parseCode(text: string): string | undefined {
  if (text.length > 64) return undefined;
  const letters = text.toUpperCase().replace(/[\s-]/g, '');
  if (letters.length !== groups * groupCharacters) return undefined;
  if ([...letters].some((each) => !characters.includes(each))) return undefined;
  return letters.match(/.{4}/g)?.join('-');
}

/** `code` is what `parseCode` answered. */
export function digestOf(username: string, code: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['recovery code', username, code]))
    .digest('base64url');
}
