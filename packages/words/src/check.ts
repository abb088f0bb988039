/**
 * Whether dictionaries say what the sources say: every sentence in every language, none left over, with the same placeholders,
 * and no sentence translated in two ways. Pure; which files these are is the caller's.
 */
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Dictionary } from './say.ts';

/** By name of the feature. */
export type Features<T> = Readonly<Record<string, T>>;

/** One line for each thing that is wrong; empty when nothing is. */
export function checkDictionaries(
  texts: Features<readonly string[]>,
  languages: Readonly<Record<string, Features<Dictionary>>>,
): string[] {
  return Object.entries(languages).flatMap(([language, features]) => [
    ...Object.entries(texts).flatMap(([feature, said]) =>
      said
        .filter((text) => !ownText(features[feature], text))
        .map((text) => `${language}/${feature}: no translation of “${text}”`),
    ),
    ...Object.entries(features).flatMap(([feature, dictionary]) =>
      Object.entries(dictionary).flatMap(([text, translation]) => [
        ...(texts[feature]?.includes(text) ? [] : [`${language}/${feature}: nothing says “${text}”`]),
        ...(translation === '' ? [] : faultsOf(text, translation).map((fault) => `${language}/${feature}: ${fault}`)),
      ]),
    ),
    ...saidTwice(features).map((text) => `${language}: two translations of “${text}”`),
  ]);
}

/** What is wrong with one translation. */
export function faultsOf(text: string, translation: string): string[] {
  try {
    const [wanted, found] = [placeholdersOf(text), placeholdersOf(translation)];
    if (wanted.join() === found.join()) return [];
    return [
      `“${translation}” has the placeholders ${found.join(', ') || '(none)'}, not ${wanted.join(', ') || '(none)'}`,
    ];
  } catch {
    return [`“${translation}” is no message: a brace is open, or a plural has no “other”`];
  }
}

function ownText(dictionary: Dictionary | undefined, text: string): string {
  return dictionary && Object.hasOwn(dictionary, text) ? (dictionary[text] ?? '') : '';
}

function saidTwice(features: Features<Dictionary>): string[] {
  const found = new Map<string, Set<string>>();
  for (const dictionary of Object.values(features))
    for (const [text, translation] of Object.entries(dictionary))
      found.set(text, (found.get(text) ?? new Set()).add(translation));
  return [...found].filter(([, translations]) => translations.size > 1).map(([text]) => text);
}

function placeholdersOf(text: string): string[] {
  const names = new Set<string>();
  const collect = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) continue;
      names.add(element.value);
      if (element.type === TYPE.plural || element.type === TYPE.select)
        for (const option of Object.values(element.options)) collect(option.value);
    }
  };
  collect(parse(text, { ignoreTag: true }));
  return [...names].sort();
}
