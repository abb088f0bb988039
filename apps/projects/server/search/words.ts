/** What somebody typed, as words to look for, and the piece of a text around them. Pure; knows no database. */
import { searchFold } from '@gatehouse/storage/search-fold.ts';

const wordsMax = 8;
const excerptLength = 160;

/** The words to look for, as the index has them: “Café” is `cafe`. The last one may be a beginning. */
export function wordsOf(query: string): string[] {
  return (searchFold(query).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, wordsMax);
}

/** The key of a to-do, when the whole query is one: `web-42`. */
export function toDoKeyOf(query: string): { key: string; number: number } | undefined {
  const match = /^\s*([A-Za-z][A-Za-z0-9]{1,9})-([1-9]\d{0,8})\s*$/.exec(query);
  return match?.[1] && match[2] ? { key: match[1].toUpperCase(), number: Number(match[2]) } : undefined;
}

/** The part of `text` around the first of the words that stands in it, on one line; null when none does. */
export function excerptOf(text: string, words: readonly string[]): string | null {
  const line = text.replace(/\s+/g, ' ').trim();
  const found = [...line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].find(([word]) =>
    words.some((each) => searchFold(word).startsWith(each)),
  );
  if (!found) return null;
  // Whole words on both sides, as far as there is room.
  const room = Math.floor(excerptLength / 2);
  const before = line.slice(0, found.index);
  const after = line.slice(found.index, found.index + excerptLength).toWellFormed();
  const start = before.length <= room ? 0 : before.indexOf(' ', before.length - room) + 1 || before.length;
  const rest = excerptLength - (before.length - start);
  const isWhole = line.length - found.index <= rest;
  const end = isWhole ? rest : after.lastIndexOf(' ', rest);
  const shown = after.slice(0, end > 0 ? end : rest).toWellFormed();
  return `${start > 0 ? '…' : ''}${before.slice(start)}${shown}${isWhole ? '' : '…'}`;
}
