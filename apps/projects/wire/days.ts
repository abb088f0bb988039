/**
 * Due dates are days on a calendar, written `YYYY-MM-DD`: the same day for everyone, wherever they are. Pure; "today"
 * is always passed in, because only the person's own clock knows it.
 */

import { formattingLocale } from '@gatehouse/words/say.ts';

/** A day that exists, as `YYYY-MM-DD`, from 1970 to 9998. */
export type Day = string;

/** A whole year before the last that four digits can write, so that the days after it can be counted and written, too. */
export const lastDay: Day = '9998-12-31';

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return text <= lastDay && instant >= 0 && new Date(instant).toISOString().slice(0, 10) === text;
}

/** The calendar day that `instant` falls on where this code runs. */
export function dayOf(instant: Date): Day {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${pad(instant.getFullYear(), 4)}-${pad(instant.getMonth() + 1, 2)}-${pad(instant.getDate(), 2)}`;
}

const dayMs = 86_400_000;

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The last day of the week of `day`; weeks begin on Monday unless `firstWeekday` says otherwise. */
export function endOfWeek(day: Day, firstWeekday = 1): Day {
  return addDays(day, 6 - ((weekdayOf(day) - firstWeekday + 7) % 7));
}

type WithWeek = Intl.Locale & { readonly getWeekInfo?: () => { readonly firstDay: number } };

/** By the first of the languages that names a region; Monday (ISO 8601) where none does, or nobody knows. */
export function usualFirstWeekday(languages: readonly string[]): number {
  for (const language of languages)
    try {
      const locale: WithWeek = new Intl.Locale(language);
      if (locale.region) return locale.getWeekInfo?.().firstDay ?? 1;
    } catch {
      // No language tag.
    }
  return 1;
}

/** The Monday after `day`. */
export function nextMonday(day: Day): Day {
  return addDays(day, 8 - weekdayOf(day));
}

/**
 * A day as people of a language say it, seen from `today`: Yesterday, Today, Tomorrow, a weekday within the week, else a date.
 */
export function sayDay(day: Day, today: Day, language = 'en'): string {
  const locale = formattingLocale(language);
  const distance = daysBetween(today, day);
  if (Math.abs(distance) <= 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(distance, 'day');
    return `${word.slice(0, 1).toLocaleUpperCase(language)}${word.slice(1)}`;
  }
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  const style: Intl.DateTimeFormatOptions =
    distance > 1 && distance < 7
      ? { weekday: 'short' }
      : { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) };
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(Date.parse(`${day}T12:00:00Z`));
}

export const dueGroups = ['overdue', 'today', 'tomorrow', 'week', 'later', 'none'] as const;
export type DueGroup = (typeof dueGroups)[number];

/** Where a due day belongs on the home page. Tomorrow stands by itself, for on the last day of a week it is in the next. */
export function dueGroupOf(dueOn: Day | null, today: Day, firstWeekday = 1): DueGroup {
  if (dueOn === null) return 'none';
  if (dueOn < today) return 'overdue';
  if (dueOn === today) return 'today';
  if (dueOn === addDays(today, 1)) return 'tomorrow';
  return dueOn <= endOfWeek(today, firstWeekday) ? 'week' : 'later';
}
