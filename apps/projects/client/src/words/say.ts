/**
 * What the client says to a person. The English text is the key, as in gettext; values and plurals are written in ICU
 * MessageFormat: `say('{count, plural, one {# card} other {# cards}}', { count })`. Knows no feature.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, use } from 'react';

export type SayValues = Readonly<Record<string, string | number>>;
export type Say = (source: string, values?: SayValues) => string;

/** Speaks English. Texts without braces are not parsed; each other text is parsed once. */
export function speakEnglish(): Say {
  const formats = new Map<string, IntlMessageFormat>();
  return function say(source, values) {
    if (!source.includes('{')) return source;
    const format = formats.get(source) ?? new IntlMessageFormat(source, 'en');
    formats.set(source, format);
    return String(format.format(values));
  };
}

const SayContext = createContext<Say>(speakEnglish());

export function useSay(): Say {
  return use(SayContext);
}
