/**
 * What the client says to a person, in the language of the page (`<html lang>`): the sentences of `packages/words`. Those of
 * the first page come with it; the rest, and React Aria's own, with whatever is opened first from there, or with the first
 * sentence that is wanting. The language stays for as long as the page does; choosing another loads it anew.
 * Knows no feature.
 */
import { type Dictionary, type Say, sourceLanguage, speak } from '@gatehouse/words/say.ts';
import { useSyncExternalStore } from 'react';
import { type Language, languages } from '../../../wire/languages.ts';

export type { Say } from '@gatehouse/words/say.ts';

type Foreign = Exclude<Language, typeof sourceLanguage>;
type Words = { readonly words: Dictionary };
/** React Aria's own sentences: how to drag by keyboard, the names of its buttons. */
type Rest = Words & { readonly aria: object };

const ariaLocaleKey = Symbol.for('react-aria.i18n.locale');
const ariaWordsKey = Symbol.for('react-aria.i18n.strings');

const bringing: Readonly<Record<Foreign, { readonly aria: string; first(): Promise<Words>; rest(): Promise<Rest> }>> = {
  de: { aria: 'de-DE', first: () => import('./de.ts'), rest: () => import('./de-rest.ts') },
  fr: { aria: 'fr-FR', first: () => import('./fr.ts'), rest: () => import('./fr-rest.ts') },
  es: { aria: 'es-ES', first: () => import('./es.ts'), rest: () => import('./es-rest.ts') },
};

let dictionaries: readonly Dictionary[] = [];
let restComing: Promise<void> | undefined;
let say = begin();
const listeners = new Set<() => void>();

function begin(language: Language = sourceLanguage): Say {
  return speak(language, dictionaries, { onMissing: () => void bringRest() });
}

export function useSay(): Say {
  return useSyncExternalStore(subscribe, saying);
}

/** For words that no component shows by itself, such as those of a message. */
export function saying(): Say {
  return say;
}

export function languageOfPage(): Language {
  return languages.find((language) => language === document.documentElement.lang) ?? sourceLanguage;
}

/** Before the first words are shown, so that none flash in English. What cannot be brought is said in English. */
export async function bringWords(language: Foreign): Promise<void> {
  try {
    const { words } = await bringing[language].first();
    dictionaries = [words];
    say = begin(language);
    // At these two places of the window React Aria looks before it takes the words of its bundle, which are English.
    Reflect.set(window, ariaLocaleKey, bringing[language].aria);
  } catch {
    document.documentElement.lang = sourceLanguage;
  }
}

/** All other words, once. Without them there is English, and the next who asks tries again. */
export function bringRest(): Promise<void> {
  const language = say.language;
  if (!isForeign(language)) return Promise.resolve();
  restComing ??= bringing[language].rest().then(
    ({ words, aria }) => {
      Reflect.set(window, ariaWordsKey, aria);
      dictionaries = [...dictionaries, words];
      sayAnew(language);
    },
    () => {
      restComing = undefined;
    },
  );
  return restComing;
}

function isForeign(language: string): language is Foreign {
  return Object.hasOwn(bringing, language);
}

/** Which words of React Aria's are at hand. */
export function ariaLocale(): string {
  const locale: unknown = Reflect.get(window, ariaLocaleKey);
  return typeof locale === 'string' ? locale : 'en-US';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function sayAnew(language: Language): void {
  say = begin(language);
  for (const listener of listeners) listener();
}
