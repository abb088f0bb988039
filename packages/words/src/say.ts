/**
 * Words in a person's language. The English sentence is the key, as in gettext: what has no translation is said in English, and
 * a reader of the code sees what a reader of the page sees. Sentences with braces are ICU MessageFormat (plurals, selections);
 * the others cost one look into a map. Runs in Node and in browsers; it knows no files, no requests and no markup.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import { directionOf } from './languages.ts';

/** The language that the code is written in. */
export const sourceLanguage = 'en';

/** English sentence → the same in another language. */
export type Dictionary = Readonly<Record<string, string>>;

type Value = string | number;

export interface Say {
  /** `say('Code of {digits} digits', { digits })`. The sentence is a literal: a test reads it from the source. */
  (text: string, values?: Readonly<Record<string, Value>>): string;
  /** The same in pieces, for values that are more than text: markup, elements. */
  parts<T>(text: string, values: Readonly<Record<string, T | Value>>): readonly (T | string)[];
  /** Tag of the language (BCP 47). */
  readonly language: string;
}

/** Throws what MessageFormat throws for a sentence that is none; `check.ts` finds those beforehand. */
export function sayIn(language: string, dictionaries: Iterable<Dictionary> = []): Say {
  const translations = new Map([...dictionaries].flatMap((each) => Object.entries(each)));
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

  function formatOf(text: string): IntlMessageFormat {
    const known = formats.get(text);
    if (known) return known;
    const translated = translations.get(text);
    const format = new IntlMessageFormat(
      translated ?? text,
      formattingLocale(translated === undefined ? sourceLanguage : language),
      undefined,
      { ignoreTag: true },
    );
    formats.set(text, format);
    return format;
  }

  function say(text: string, values?: Readonly<Record<string, Value>>): string {
    return values === undefined ? (translations.get(text) ?? text) : String(formatOf(text).format(isolate(values)));
  }

  function parts<T>(text: string, values: Readonly<Record<string, T | Value>>): readonly (T | string)[] {
    return formatOf(text)
      .formatToParts<T>(isolate(values))
      .map(({ value }) => value);
  }

  return Object.assign(say, { parts, language });
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
