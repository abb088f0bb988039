/**
 * What the client says to a person. The English text is the key, as in gettext; values and plurals are written in ICU
 * MessageFormat: `say('{count, plural, one {# card} other {# cards}}', { count })`. Knows no feature.
 *
 * The parser of plurals is a fifteenth of the first load, which needs none: it comes with the first text that does.
 */
import type { IntlMessageFormat } from 'intl-messageformat';
import { useSyncExternalStore } from 'react';

export type SayValues = Readonly<Record<string, string | number>>;
export type Say = (source: string, values?: SayValues) => string;

type Format = typeof IntlMessageFormat;

const placeholder = /\{(\w+)\}/g;
const beyondPlaceholders = /\{\w+\s*,/;

let say = speakEnglish(undefined);
let isComing = false;
const listeners = new Set<() => void>();

export function useSay(): Say {
  return useSyncExternalStore(subscribe, () => say);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Each text with plurals is parsed once; without a parser yet, it says its "other". */
function speakEnglish(Format: Format | undefined): Say {
  const formats = new Map<string, IntlMessageFormat>();
  return function sayInEnglish(source, values = {}) {
    if (!source.includes('{')) return source;
    if (!beyondPlaceholders.test(source)) return fill(source, values);
    if (!Format) {
      void bringParser();
      return fill(
        source.replace(/\{(\w+), plural,.*?other \{(.*?)\}\}/g, (_, name, other: string) =>
          other.replaceAll('#', `{${name}}`),
        ),
        values,
      );
    }
    const format = formats.get(source) ?? new Format(source, 'en');
    formats.set(source, format);
    return String(format.format(values));
  };
}

function fill(source: string, values: SayValues): string {
  return source.replace(placeholder, (whole, name: string) => String(values[name] ?? whole));
}

async function bringParser(): Promise<void> {
  if (isComing) return;
  isComing = true;
  const { IntlMessageFormat } = await import('intl-messageformat');
  say = speakEnglish(IntlMessageFormat);
  for (const listener of listeners) listener();
}
