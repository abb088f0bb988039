/** Days and stretches of days, written as the language of the page writes them. Pure but for reading that language. */
import type { Day } from '../../../wire/days.ts';

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { lang } = document.documentElement;
  // English of the house puts the day before the month.
  return new Intl.DateTimeFormat(lang === '' || lang === 'en' ? 'en-GB' : lang, { ...options, timeZone: 'UTC' });
}

const instantOf = (day: Day): Date => new Date(`${day}T12:00:00Z`);

export function sayDate(day: Day): string {
  return format({ day: 'numeric', month: 'short', year: 'numeric' }).format(instantOf(day));
}

/** “3 – 14 Nov 2026”. */
export function sayRange(from: Day, to: Day): string {
  if (from === to) return sayDate(from);
  return format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(instantOf(from), instantOf(to));
}

export function sayMonth(day: Day, withYear: boolean): string {
  return format(withYear ? { month: 'short', year: 'numeric' } : { month: 'short' }).format(instantOf(day));
}

export function sayInstant(iso: string): string {
  const { lang } = document.documentElement;
  const words = new Intl.DateTimeFormat(lang === '' || lang === 'en' ? 'en-GB' : lang, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return words.format(new Date(iso));
}
