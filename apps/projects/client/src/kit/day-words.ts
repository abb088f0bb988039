/** Days, stretches of days and instants, as the language of the page writes them. Pure but for reading that language. */
import { formattingLocale } from '@gatehouse/words/say.ts';
import { addDays, type Day, dayOf, sayDay as sayDayIn } from '../../../wire/days.ts';

/** Of the page's language; English of the house puts the day before the month. */
export function localeOfPage(): string {
  return formattingLocale(document.documentElement.lang || 'en');
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(localeOfPage(), { ...options, timeZone: 'UTC' });
}

const instantOf = (day: Day): Date => new Date(`${day}T12:00:00Z`);

/** “Tomorrow”: as `sayDay` of the wire, in the language of the page. */
export function sayDay(day: Day, today: Day): string {
  return sayDayIn(day, today, document.documentElement.lang || 'en');
}

export function sayDate(day: Day): string {
  return format({ day: 'numeric', month: 'short', year: 'numeric' }).format(instantOf(day));
}

/** “Monday 30 November”. */
export function sayWholeDay(day: Day): string {
  return format({ weekday: 'long', day: 'numeric', month: 'long' }).format(instantOf(day));
}

/** “Monday”; 1 is Monday, 7 is Sunday. */
export function sayWeekdayName(weekday: number): string {
  // A Monday and the days after it.
  return format({ weekday: 'long' }).format(instantOf(addDays('2026-11-30', weekday - 1)));
}

/** “Mon 30 Nov”. */
export function sayWeekday(day: Day): string {
  return format({ weekday: 'short', day: 'numeric', month: 'short' }).format(instantOf(day));
}

/** “3 – 14 Nov 2026”. */
export function sayRange(from: Day, to: Day): string {
  if (from === to) return sayDate(from);
  return format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(instantOf(from), instantOf(to));
}

export function sayMonth(day: Day, withYear: boolean): string {
  return format(withYear ? { month: 'short', year: 'numeric' } : { month: 'short' }).format(instantOf(day));
}

export function sayClock(instant: Date): string {
  return new Intl.DateTimeFormat(localeOfPage(), { hour: '2-digit', minute: '2-digit' }).format(instant);
}

/** “Today, 14:30”: an instant as people say it, seen from today. */
export function sayInstant(iso: string, today: Day): string {
  const instant = new Date(iso);
  return `${sayDay(dayOf(instant), today)}, ${sayClock(instant)}`;
}

/** “28 Nov 2026, 14:30”. */
export function sayMoment(iso: string): string {
  return new Intl.DateTimeFormat(localeOfPage(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/** “28 Nov 2026”, where the reader is. */
export function sayDateOf(iso: string): string {
  return new Intl.DateTimeFormat(localeOfPage(), { dateStyle: 'medium' }).format(new Date(iso));
}
