/**
 * Numbers and lengths of time as people of a language write them: `1.500,5` in German, `1 500,5` in French, `1,500.5` in
 * English. Pure. What can be meant in two ways means what it does in that language; whoever reads a number shows it again.
 */
import { formattingLocale } from '@gatehouse/words/say.ts';
import type { Language } from './languages.ts';

/** Longer ones are no numbers that anybody writes. */
const digitsMax = 30;

/** As the language writes it, so that `parseNumber` reads it back: `1.500,25`. */
export function writeNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(formattingLocale(language), { maximumFractionDigits: 20 }).format(value);
}

/**
 * `1.500` is fifteen hundred in German and one and a half in English. A sign that is not the decimal one of the language
 * parts thousands where three digits follow it, and else is taken for the decimal one: `1.5` is one and a half everywhere.
 * Undefined is no number.
 */
export function parseNumber(text: string, language: Language): number | undefined {
  const bare = text
    .trim()
    .replaceAll('−', '-')
    .replaceAll(/(?<=\d)[\s'’](?=\d{3}(?:\D|$))/g, '');
  if (!/^[-+]?\d[\d.,]*$/.test(bare) || bare.replaceAll(/\D/g, '').length > digitsMax) return undefined;
  const decimal = decimalSignOf(bare, decimalSign(language));
  const [whole = '', fraction = '', ...more] = decimal === undefined ? [bare] : bare.split(decimal);
  if (more.length > 0 || !/^\d*$/.test(fraction)) return undefined;
  const isGrouped = /^[-+]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$/.test(whole);
  if (!isGrouped && !/^[-+]?\d+$/.test(whole)) return undefined;
  return Number(`${whole.replaceAll(/[.,]/g, '')}.${fraction}`);
}

/** Which of the signs in it parts the fraction: of two the last, of one that of the language, or what cannot part thousands. */
function decimalSignOf(bare: string, ofLanguage: string): string | undefined {
  const signs = bare.match(/[.,]/g) ?? [];
  const last = signs.at(-1);
  if (last === undefined) return undefined;
  if (signs.length > 1) return signs[0] === last ? undefined : last;
  return last !== ofLanguage && /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(bare) ? undefined : last;
}

function decimalSign(language: Language): string {
  const parts = new Intl.NumberFormat(formattingLocale(language)).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** Hours with at most two decimals from `1,5`, `1.5h`, `90m`, `1:30`, `1h30` or `1 h 30 min`. Undefined is no length of time. */
export function parseHours(text: string, language: Language): number | undefined {
  const bare = text.trim().toLowerCase();
  const clock = /^(\d{1,4})(?::|\s*h\s*)(\d{1,2})\s*(?:m|min)?$/.exec(bare);
  if (clock) return Number(clock[2]) < 60 ? rounded(Number(clock[1]) + Number(clock[2]) / 60) : undefined;
  const [, amount = '', unit = 'h'] = /^(.*?)\s*(h|m|min)?$/.exec(bare) ?? [];
  const number = parseNumber(amount, language);
  if (number === undefined || number < 0) return undefined;
  return rounded(unit === 'h' ? number : number / 60);
}

function rounded(hours: number): number {
  return Math.round(hours * 100) / 100;
}
