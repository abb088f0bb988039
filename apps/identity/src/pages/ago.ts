/** How long ago something was, as people say it; a date when it is long ago. Pure. */
import { ago, longDate } from '@gatehouse/words/dates.ts';
import type { Say } from '@gatehouse/words/say.ts';
import { wordsIn } from './words.ts';

/** As it stands in the middle of a sentence: "just now", "3 hours ago", "on 3 November 2026". */
export function agoInWords(say: Say, atMs: number, nowMs: number): string {
  const words = wordsIn(say);
  if (nowMs - atMs < 60_000) return words.justNow;
  return ago(say.language, atMs, nowMs) ?? words.onDay(longDate(say.language, atMs));
}
