/** Hours of a day in words. A minute counts from midnight on the wall's clock, so no time zone has a part in it. */
import { localeOfPage } from '../kit/day-words.ts';
import type { Say } from '../words/say.ts';

export function sayTime(minute: number): string {
  const words = new Intl.DateTimeFormat(localeOfPage(), { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return words.format(new Date(minute * 60_000));
}

export function sayLength(say: Say, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return say('{rest} min', { rest });
  return rest === 0 ? say('{hours} h', { hours }) : say('{hours} h {rest} min', { hours, rest });
}

/** As a field of type `time` writes it. */
export function timeValue(minute: number): string {
  return new Date(minute * 60_000).toISOString().slice(11, 16);
}

/** Undefined for what is no time. */
export function minuteOf(value: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)/.exec(value);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
