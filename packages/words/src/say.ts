/**
 * Words in a person's language. The English sentence is the key, as in gettext: what has no translation is said in English, and
 * a reader of the code sees what a reader of the page sees. Sentences with braces are ICU MessageFormat. Values and plurals, which
 * are nearly all of it, are put in here without its parser, so that a browser needs none. Runs in Node and in browsers; it knows
 * no files, no requests and no markup.
 */
import type { IntlMessageFormat } from 'intl-messageformat';
import { directionOf } from './languages.ts';

/** The language that the code is written in. */
export const sourceLanguage = 'en';

/** English sentence → the same in another language. An empty one is not translated yet. */
export type Dictionary = Readonly<Record<string, string>>;

type Value = string | number;
export type Values = Readonly<Record<string, Value>>;

export interface Say {
  /** `say('Code of {digits} digits', { digits })`. The sentence is a literal: a test reads it from the source. */
  (text: string, values?: Values): string;
  /** The same in pieces, for values that are more than text: markup, elements. */
  parts<T>(text: string, values: Readonly<Record<string, T | Value>>): readonly (T | string)[];
  /** For a sentence that was `marked` where it stands. */
  marked(text: string, values?: Values): string;
  /** Tag of the language (BCP 47). */
  readonly language: string;
}

/** Marks a sentence that is written in one place and said in another, such as a refusal: it is translated like all others. */
export function marked<Text extends string>(text: Text): Text {
  return text;
}

/** Puts values into the English of a marked sentence, for logs and for programs. */
export function fillIn(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export type Parser = {
  /** For sentences that hold more than values and plurals. */
  readonly Format?: typeof IntlMessageFormat;
  /** A sentence came that has no translation here: it is said in English for now. */
  readonly onMissing?: () => void;
};

const placeholder = /\{(\w+)\}/;
/** `one {# key} =0 {none}`; within a branch there may be values, and nothing else with braces. */
const branches = /(?:=(\d+)|(\w+)) *\{((?:[^{}']|\{\w+\})*)\}/g;
const plural = new RegExp(`\\{(\\w+), plural, *((?:${branches.source} *)+)\\}`, 'g');
const onlyValuesAndPlurals = new RegExp(`^(?:[^{}']|${placeholder.source}|${plural.source})*$`);

/** Whether a sentence can be said without a parser. */
export function isPlain(text: string): boolean {
  return onlyValuesAndPlurals.test(text);
}

/** Throws what MessageFormat throws for a sentence that is none; `check.ts` finds those beforehand. */
export function speak(language: string, dictionaries: Iterable<Dictionary>, { Format, onMissing }: Parser = {}): Say {
  const entries = [...dictionaries].flatMap((each) => Object.entries(each));
  const translations = new Map(entries.filter(([, translation]) => translation !== ''));
  const formats = new Map<string, IntlMessageFormat>();
  const isolates = directionOf(language) === 'rtl';

  /** An address or a Latin name keeps its order within a sentence that runs the other way (UAX 9). */
  function isolate<V>(values: Readonly<Record<string, V>>): Record<string, V | string> {
    if (!isolates) return values;
    const entries = Object.entries(values);
    return Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'string' ? `\u2068${value}\u2069` : value]),
    );
  }

  function formatOf(said: string, locale: string): IntlMessageFormat {
    if (!Format) throw new TypeError(`“${said}” holds more than values and plurals, and no parser is here`);
    const known = formats.get(said);
    if (known) return known;
    const format = new Format(said, locale, undefined, { ignoreTag: true });
    formats.set(said, format);
    return format;
  }

  function translate(text: string): string {
    const translated = translations.get(text);
    if (translated !== undefined) return translated;
    if (language !== sourceLanguage) onMissing?.();
    return text;
  }

  function say(text: string, values?: Values): string {
    return values === undefined ? translate(text) : parts(text, values).join('');
  }

  function parts<T>(text: string, values: Readonly<Record<string, T | Value>>): readonly (T | string)[] {
    const said = translate(text);
    const given = isolate(values);
    const locale = formattingLocale(translations.has(text) ? language : sourceLanguage);
    if (isPlain(said)) return pieces(withPlurals(said, given, locale), given);
    return formatOf(said, locale)
      .formatToParts<T>(given)
      .map(({ value }) => value);
  }

  return Object.assign(say, { parts, marked: say, language });
}

function pieces<T>(said: string, values: Readonly<Record<string, T | Value>>): readonly (T | string)[] {
  return said
    .split(placeholder)
    .map((piece, index) => (index % 2 === 0 ? piece : textOr(values[piece], `{${piece}}`)))
    .filter((piece) => piece !== '');
}

function textOr<T>(value: T | Value | undefined, otherwise: string): T | string {
  if (value === undefined) return otherwise;
  return typeof value === 'number' ? String(value) : value;
}

/** In place of each plural its branch: that of the very number, else that of the language's rule for it (CLDR), else “other”. */
function withPlurals(said: string, values: Readonly<Record<string, unknown>>, locale: string): string {
  return said.replace(plural, (_, name: string, all: string) => {
    const count = Number(values[name]);
    const byRule = new Map<string, string>();
    for (const [, exactly, rule = '', words = ''] of all.matchAll(branches)) {
      if (exactly !== undefined && Number(exactly) === count) return counted(words, count, locale);
      byRule.set(rule, words);
    }
    const rule = new Intl.PluralRules(locale).select(count);
    return counted(byRule.get(rule) ?? byRule.get('other') ?? '', count, locale);
  });
}

function counted(words: string, count: number, locale: string): string {
  return words.includes('#') ? words.replaceAll('#', new Intl.NumberFormat(locale).format(count)) : words;
}

/** Where a language is written in several ways, the way of the house. */
export function formattingLocale(language: string): string {
  return language === sourceLanguage ? 'en-GB' : language;
}

/** Words that belong together, put into a language once and kept. */
export function wording<T>(make: (say: Say) => T): (say: Say) => T {
  const made = new WeakMap<Say, T>();
  return (say) => {
    const known = made.get(say);
    if (known !== undefined) return known;
    const words = make(say);
    made.set(say, words);
    return words;
  };
}
