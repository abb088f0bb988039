/**
 * A reference: under which something stands in the log or among the refusals, as a person reads it out to whoever helps them.
 * 40 bits, in letters and digits that are not mistaken for one another.
 */

/** Crockford's, 32 of them. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** "3CAY-N83H". Takes the first eight bytes, which are random or a digest. */
export function referenceFrom(bytes: Uint8Array): string {
  const letters = Array.from({ length: 8 }, (_, index) => alphabet[(bytes[index] ?? 0) % alphabet.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
