/** When something was added and last used, as people say it. */
import { recentDay } from '@gatehouse/words/dates.ts';
import type { Say } from '@gatehouse/words/say.ts';
import { wordsIn } from './words.ts';

export function usage(
  say: Say,
  { createdAtMs, lastUsedAtMs: used }: { readonly createdAtMs: number; readonly lastUsedAtMs: number | undefined },
  nowMs: number,
): string {
  const { settings } = wordsIn(say);
  const day = (atMs: number): string => recentDay(say.language, atMs, nowMs);
  return `${settings.added(day(createdAtMs))}, ${used === undefined ? settings.neverUsed : settings.lastUsed(day(used))}`;
}
