/** Dates and spans of time as people of a language say them. Pure; sentences around them are the caller's. */
import { formattingLocale } from './say.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

type Zone = { readonly timeZone?: string };

/** "3 November 2026". */
export function longDate(language: string, atMs: number, { timeZone = 'UTC' }: Zone = {}): string {
  return new Intl.DateTimeFormat(formattingLocale(language), { dateStyle: 'long', timeZone }).format(atMs);
}

/** "Tuesday, 3 November 2026 at 21:04 UTC". */
export function fullMoment(language: string, atMs: number, { timeZone = 'UTC' }: Zone = {}): string {
  const style = { dateStyle: 'full', timeStyle: 'short', timeZone } as const;
  const zone = timeZone === 'UTC' ? ' UTC' : '';
  return `${new Intl.DateTimeFormat(formattingLocale(language), style).format(atMs)}${zone}`;
}

/** "3 hours ago", up to six days; the largest unit that fits. Undefined under a minute and from a week on. */
export function ago(language: string, atMs: number, nowMs: number): string | undefined {
  const ms = nowMs - atMs;
  if (ms < minuteMs || ms >= 7 * dayMs) return undefined;
  const [size, unit] = ms < hourMs ? [minuteMs, 'minute'] : ms < dayMs ? [hourMs, 'hour'] : [dayMs, 'day'];
  const format = new Intl.RelativeTimeFormat(formattingLocale(language));
  return format.format(-Math.floor(ms / size), unit as Intl.RelativeTimeFormatUnit);
}

/** "today", "yesterday", or the date. */
export function recentDay(language: string, atMs: number, nowMs: number): string {
  const days = Math.floor(nowMs / dayMs) - Math.floor(atMs / dayMs);
  if (days > 1) return longDate(language, atMs);
  return new Intl.RelativeTimeFormat(formattingLocale(language), { numeric: 'auto' }).format(-days || 0, 'day');
}

/** "5 minutes", or "90 seconds" where it is not whole minutes. */
export function span(language: string, ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(formattingLocale(language), style).format(count);
}

/** "one, two and three". */
export function list(language: string, items: readonly string[]): string {
  return new Intl.ListFormat(formattingLocale(language)).format(items);
}
