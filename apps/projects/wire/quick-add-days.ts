/**
 * The days that quick-add understands, in the languages of the workspace. Pure; "today" is passed in. Reads the last words
 * of a line and says how many of them name a day. Knows nothing of to-dos.
 */
import { addDays, type Day, isDay, weekdayOf } from './days.ts';
import type { Language } from './languages.ts';
import { type DayWords, dayWords } from './quick-add-words.ts';

/** `lunes de la semana que viene`, `viernes, 4 de diciembre de 2026`. */
const wordsOfADayMax = 6;
const farthestDays = 3660;

export type FoundDay = { readonly day: Day; readonly wordCount: number };

/**
 * The day that the last words name, as `Pay invoice on friday`: the longest ending that is one. Words of the person's
 * language count, and English ones.
 */
export function dayAtEnd(texts: readonly string[], today: Day, language: Language): FoundDay | undefined {
  const spoken = language === 'en' ? [dayWords.en] : [dayWords[language], dayWords.en];
  for (let count = Math.min(wordsOfADayMax, texts.length); count > 0; count--) {
    const phrase = texts.slice(-count).join(' ').toLowerCase();
    const before = texts.slice(0, -count);
    for (const inLanguage of spoken) {
      const day = dayOfPhrase(phrase, today, inLanguage);
      if (day === undefined || inLanguage.notAfter.includes(before.at(-1)?.toLowerCase() ?? '')) continue;
      const introduction = introductionBefore(before, inLanguage);
      if (introduction > 0 || !inLanguage.unclear.includes(phrase)) return { day, wordCount: count + introduction };
    }
  }
  return undefined;
}

const clockTime = /^(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d(?:am|pm)?|h|am|pm)$/;
const hour = /^(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?$/;
/** What may stand after an hour, and before a time, in any of the languages. */
const clockWords = ['am', 'pm', 'uhr', 'h', 'heures'];
const timeIntroductions = ['at', 'um', 'à', 'a las', 'a la'];
/** Said behind a day: of "Freitag Morgen" the second is no tomorrow. */
const partsOfDay =
  /(?:^| )(?:morning|noon|afternoon|evening|night|früh|morgen|vormittag|mittag|nachmittag|abend|nacht|matin|midi|après-midi|soir|por la (?:mañana|tarde|noche))$/;

/** How many of the last words say a time of day: `5pm`, `at 17:00`, `um 17 Uhr`, `à 17h30`, `evening`, `por la tarde`. */
export function timeWordsAtEnd(texts: readonly string[]): number {
  const [last = '', before = ''] = texts.toReversed().map((text) => text.toLowerCase());
  const part = partsOfDay.exec(texts.slice(-3).join(' ').toLowerCase());
  if (part) return part[0].trim().split(' ').length;
  const count = clockTime.test(last) ? 1 : clockWords.includes(last) && hour.test(before) ? 2 : 0;
  if (count === 0) return 0;
  const introduction = [2, 1].find((length) =>
    timeIntroductions.includes(texts.slice(0, -count).slice(-length).join(' ').toLowerCase()),
  );
  return count + (introduction ?? 0);
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
  return (
    weekdayInWords(phrase, today, spoken) ??
    daysFromNow(phrase, today, spoken) ??
    dateInWords(phrase, today, spoken) ??
    dateWithWeekday(phrase, today, spoken)
  );
}

/** `friday`, `next friday`, `vendredi prochain`: the next such day; `monday next week`: the one of that week. */
function weekdayInWords(phrase: string, today: Day, spoken: DayWords): Day | undefined {
  const coming = weekdayNamed(without(phrase, spoken.coming) ?? phrase, spoken);
  if (coming !== undefined) return nextWeekday(today, coming);
  const inNextWeek = without(phrase, spoken.nextWeek);
  const bare = inNextWeek === undefined ? undefined : (without(inNextWeek, spoken.between) ?? inNextWeek);
  const weekday = bare === undefined ? undefined : weekdayNamed(bare, spoken);
  return weekday === undefined ? undefined : addDays(nextWeekday(today, 1), weekday - 1);
}

/** 1 is Monday, 7 is Sunday. With or without a point or comma behind it. */
function weekdayNamed(text: string, spoken: DayWords): number | undefined {
  const index = spoken.weekdays.findIndex((names) => names.includes(text.replace(/[.,]+$/, '')));
  return index < 0 ? undefined : index + 1;
}

/** What is left when one of `some` is taken off the beginning or the end. */
function without(phrase: string, some: readonly string[]): string | undefined {
  const longestFirst = some.toSorted((a, b) => b.length - a.length);
  const before = longestFirst.find((each) => phrase.startsWith(`${each} `));
  if (before !== undefined) return phrase.slice(before.length + 1);
  const behind = longestFirst.find((each) => phrase.endsWith(` ${each}`));
  return behind === undefined ? undefined : phrase.slice(0, -behind.length - 1);
}

/** `Fr 4.12.`, `Freitag, den 4. Dezember`: a date and the weekday that it has. */
function dateWithWeekday(phrase: string, today: Day, spoken: DayWords): Day | undefined {
  const [first = '', ...others] = phrase.split(' ');
  const weekday = weekdayNamed(first, spoken);
  if (weekday === undefined) return undefined;
  const rest = others.join(' ');
  const date = without(rest, spoken.between) ?? rest;
  const day = isDay(date) ? date : dateInWords(date, today, spoken);
  return day !== undefined && weekdayOf(day) === weekday ? day : undefined;
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

/**
 * `24 dec`, `24. dezember`, `dec 24`, `24 dec 2027`, `24.12.`, `24.12.27`, `24/12`, `24/12/2027`: the next such day when no
 * year is said.
 */
function dateInWords(phrase: string, today: Day, spoken: DayWords): Day | undefined {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?$/.exec(phrase);
  if (dotted) return dateOf(dotted[1], Number(dotted[2]), dotted[3], today);
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?$/.exec(phrase);
  if (slashed) return isFraction(phrase) ? undefined : dateOf(slashed[1], Number(slashed[2]), slashed[3], today);
  const dayFirst = /^(\d{1,2})(?:\.|st|nd|rd|th|er)? (?:de )?(\p{L}+)\.?(?: (?:de )?(\d{4}))?$/u.exec(phrase);
  const monthFirst = /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/u.exec(phrase);
  const [day, name, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = name === undefined ? -1 : spoken.months.findIndex((names) => names.includes(name));
  return month < 0 ? undefined : dateOf(day, month + 1, year, today);
}

/** "Part 1/2" and "open 24/7" are no days. */
function isFraction(phrase: string): boolean {
  return /^(?:\d\/\d|24\/7)$/.test(phrase);
}

/** Of a year in two digits only a day that is still to come: the rest is more likely a version or something past. */
function dateOf(day: string | undefined, month: number, year: string | undefined, today: Day): Day | undefined {
  const write = (yearNumber: number): Day =>
    `${yearNumber}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (year !== undefined) {
    const date = write(year.length === 2 ? 2000 + Number(year) : Number(year));
    return isDay(date) && (year.length === 4 || date >= today) ? date : undefined;
  }
  const thisYear = Number(today.slice(0, 4));
  return [thisYear, thisYear + 1].map(write).find((text) => isDay(text) && text >= today);
}
