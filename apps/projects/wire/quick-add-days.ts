/**
 * The words for days that quick-add understands, in the languages of the workspace. Pure; "today" is passed in. Reads
 * the last words of a line and says how many of them name a day. Knows nothing of to-dos.
 */
import { addDays, type Day, isDay, weekdayOf } from './days.ts';
import type { Language } from './languages.ts';

type DayWords = {
  readonly today: readonly string[];
  readonly tomorrow: readonly string[];
  readonly dayAfter: readonly string[];
  /** Monday first; every spelling of each. */
  readonly weekdays: readonly (readonly string[])[];
  readonly months: readonly (readonly string[])[];
  /** Words that may stand before a day and mean nothing more: "on friday". */
  readonly before: readonly string[];
  /** Words that make a name of what follows: "the sun" shines. */
  readonly notAfter: readonly string[];
  readonly in: readonly string[];
  readonly days: readonly string[];
  readonly weeks: readonly string[];
  readonly nextWeek: readonly string[];
};

const words: Readonly<Record<Language, DayWords>> = {
  en: {
    today: ['today', 'tod'],
    tomorrow: ['tomorrow', 'tom', 'tmr'],
    dayAfter: [],
    weekdays: list(
      'mon monday',
      'tue tues tuesday',
      'wed wednesday',
      'thu thur thurs thursday',
      'fri friday',
      'sat saturday',
      'sun sunday',
    ),
    months: list(
      'jan january',
      'feb february',
      'mar march',
      'apr april',
      'may',
      'jun june',
      'jul july',
      'aug august',
      'sep sept september',
      'oct october',
      'nov november',
      'dec december',
    ),
    before: ['on', 'by', 'due', 'until'],
    notAfter: ['the', 'a', 'an', 'my', 'our'],
    in: ['in'],
    days: ['day', 'days', 'd'],
    weeks: ['week', 'weeks', 'w'],
    nextWeek: ['next week'],
  },
  de: {
    today: ['heute'],
    tomorrow: ['morgen'],
    dayAfter: ['übermorgen'],
    weekdays: list(
      'mo montag',
      'di dienstag',
      'mi mittwoch',
      'do donnerstag',
      'fr freitag',
      'sa samstag',
      'so sonntag',
    ),
    months: list(
      'jan januar jänner',
      'feb februar',
      'mär märz',
      'apr april',
      'mai',
      'jun juni',
      'jul juli',
      'aug august',
      'sep sept september',
      'okt oktober',
      'nov november',
      'dez dezember',
    ),
    before: ['am', 'bis', 'bis zum'],
    notAfter: [],
    in: ['in'],
    days: ['tag', 'tagen', 'tage'],
    weeks: ['woche', 'wochen'],
    nextWeek: ['nächste woche'],
  },
  fr: {
    today: ["aujourd'hui", 'aujourd’hui', 'auj'],
    tomorrow: ['demain'],
    dayAfter: ['après-demain'],
    weekdays: list('lun lundi', 'mar mardi', 'mer mercredi', 'jeu jeudi', 'ven vendredi', 'sam samedi', 'dim dimanche'),
    months: list(
      'janv janvier',
      'févr février',
      'mars',
      'avr avril',
      'mai',
      'juin',
      'juil juillet',
      'août',
      'sept septembre',
      'oct octobre',
      'nov novembre',
      'déc décembre',
    ),
    before: ['le', 'pour', 'pour le', 'avant le'],
    notAfter: [],
    in: ['dans'],
    days: ['jour', 'jours', 'j'],
    weeks: ['semaine', 'semaines'],
    nextWeek: ['semaine prochaine'],
  },
  es: {
    today: ['hoy'],
    tomorrow: ['mañana'],
    dayAfter: ['pasado mañana'],
    weekdays: list(
      'lun lunes',
      'mar martes',
      'mié miércoles miercoles',
      'jue jueves',
      'vie viernes',
      'sáb sábado sabado',
      'dom domingo',
    ),
    months: list(
      'ene enero',
      'feb febrero',
      'mar marzo',
      'abr abril',
      'mayo',
      'jun junio',
      'jul julio',
      'ago agosto',
      'sept septiembre',
      'oct octubre',
      'nov noviembre',
      'dic diciembre',
    ),
    before: ['el', 'para el', 'antes del'],
    notAfter: [],
    in: ['en'],
    days: ['día', 'días', 'dia', 'dias'],
    weeks: ['semana', 'semanas'],
    nextWeek: ['próxima semana', 'semana próxima'],
  },
};

function list(...lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line) => line.split(' '));
}

const wordsOfADayMax = 4;
const farthestDays = 3660;

export type FoundDay = { readonly day: Day; readonly wordCount: number };

/**
 * The day that the last words name, as `Pay invoice on friday`: the longest ending that is one. Words of the person's
 * language count, and English ones.
 */
export function dayAtEnd(texts: readonly string[], today: Day, language: Language): FoundDay | undefined {
  const spoken = language === 'en' ? [words.en] : [words[language], words.en];
  for (let count = Math.min(wordsOfADayMax, texts.length); count > 0; count--) {
    const phrase = texts.slice(-count).join(' ').toLowerCase();
    for (const inLanguage of spoken) {
      const day = dayOfPhrase(phrase, today, inLanguage);
      if (day === undefined || inLanguage.notAfter.includes(texts.at(-count - 1)?.toLowerCase() ?? '')) continue;
      return { day, wordCount: count + introductionBefore(texts.slice(0, -count), inLanguage) };
    }
  }
  return undefined;
}

function introductionBefore(texts: readonly string[], spoken: DayWords): number {
  for (const count of [2, 1])
    if (texts.length > count && spoken.before.includes(texts.slice(-count).join(' ').toLowerCase())) return count;
  return 0;
}

function dayOfPhrase(phrase: string, today: Day, spoken: DayWords): Day | undefined {
  if (isDay(phrase)) return phrase;
  if (spoken.today.includes(phrase)) return today;
  if (spoken.tomorrow.includes(phrase)) return addDays(today, 1);
  if (spoken.dayAfter.includes(phrase)) return addDays(today, 2);
  if (spoken.nextWeek.includes(phrase)) return nextWeekday(today, 1);
  const weekday = spoken.weekdays.findIndex((names) => names.includes(phrase));
  if (weekday >= 0) return nextWeekday(today, weekday + 1);
  return daysFromNow(phrase, today, spoken) ?? dateInWords(phrase, today, spoken);
}

/** The next such day after today. */
function nextWeekday(today: Day, weekday: number): Day {
  return addDays(today, (weekday - weekdayOf(today) + 7) % 7 || 7);
}

function daysFromNow(phrase: string, today: Day, spoken: DayWords): Day | undefined {
  const [, before, amount, unit] = /^(\S+) (\d{1,4}) ?(\S+)$/.exec(phrase) ?? [];
  if (before === undefined || unit === undefined || !spoken.in.includes(before)) return undefined;
  const factor = spoken.days.includes(unit) ? 1 : spoken.weeks.includes(unit) ? 7 : 0;
  const distance = Number(amount) * factor;
  return distance > 0 && distance <= farthestDays ? addDays(today, distance) : undefined;
}

/** `24 dec`, `24. dezember`, `dec 24`, `24 dec 2027`, `24.12.`, `24.12.2027`: the next such day when no year is said. */
function dateInWords(phrase: string, today: Day, spoken: DayWords): Day | undefined {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(phrase);
  if (dotted) return dateOf(dotted[1], Number(dotted[2]), dotted[3], today);
  const dayFirst = /^(\d{1,2})(?:\.|st|nd|rd|th|er)? (?:de )?(\p{L}+)\.?(?: (?:de )?(\d{4}))?$/u.exec(phrase);
  const monthFirst = /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/u.exec(phrase);
  const [day, name, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = name === undefined ? -1 : spoken.months.findIndex((names) => names.includes(name));
  return month < 0 ? undefined : dateOf(day, month + 1, year, today);
}

function dateOf(day: string | undefined, month: number, year: string | undefined, today: Day): Day | undefined {
  const write = (yearNumber: number): Day =>
    `${yearNumber}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (year !== undefined) return isDay(write(Number(year))) ? write(Number(year)) : undefined;
  const thisYear = Number(today.slice(0, 4));
  return [thisYear, thisYear + 1].map(write).find((text) => isDay(text) && text >= today);
}
