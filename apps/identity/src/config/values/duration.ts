/**
 * Durations: a whole number of seconds, or blocks of number and unit (`1h 30m`, `2 weeks and 1 day`). `M` is a month of
 * 30 days and `m` a minute; `y` is 365 days.
 */
import { type Outcome, refused, value } from './outcome.ts';

const secondsPer: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  millisecond: 1e-3,
  milliseconds: 1e-3,
  s: 1,
  second: 1,
  seconds: 1,
  m: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
  M: 2_592_000,
  month: 2_592_000,
  months: 2_592_000,
  y: 31_536_000,
  year: 31_536_000,
  years: 31_536_000,
};

/** 292 years, the most that Authelia's own representation holds. */
const secondsMax = 9_223_372_036;

const cure =
  "Write a number of seconds, or blocks of number and unit such as '90s', '5m', '1h 30m', '2 weeks', '1M' (month).";

/** Result in seconds; may be a fraction. The empty text is 0, which most keys read as "the default". */
export function parseDuration(text: string): Outcome<number> {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return bounded(Number(trimmed));
  if (trimmed.startsWith('-')) return refused('is negative', cure);
  const compact = trimmed
    .replace(/\band\b/g, ' ')
    .replace(/(\d)and(?=\d)/g, '$1')
    .replace(/\s+/g, '');
  const blocks = [...compact.matchAll(/(\d+)([a-zA-Zµμ]+)/g)];
  if (blocks.map((block) => block[0]).join('') !== compact) return refused('is not a duration', cure);
  let seconds = 0;
  for (const [, count = '', unit = ''] of blocks) {
    const factor = secondsOf(unit);
    if (factor === undefined) return refused(`uses '${unit}', which is not a unit of time`, cure);
    seconds += Number(count) * factor;
  }
  return bounded(seconds);
}

/** `session.remember_me`: −1 switches it off. */
export function parseRememberMe(text: string): Outcome<number | 'disabled'> {
  return text.trim() === '-1' ? value('disabled') : parseDuration(text);
}

/** `authentication_backend.refresh_interval`: a duration or one of two words. */
export function parseRefreshInterval(text: string): Outcome<number | 'disable' | 'always'> {
  return text === 'disable' || text === 'always' ? value(text) : parseDuration(text);
}

function secondsOf(unit: string): number | undefined {
  return Object.hasOwn(secondsPer, unit) ? secondsPer[unit] : undefined;
}

function bounded(seconds: number): Outcome<number> {
  return seconds > secondsMax ? refused('is longer than 292 years', cure) : value(seconds);
}
