/** The suite that every application with words passes: all it says can be read from the source, and is said in every language. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDictionaries } from './check.ts';
import { readDictionaries } from './read-dictionaries.ts';
import { readTexts } from './read-texts.ts';

export function dictionariesSuite(application: {
  readonly name: string;
  readonly sources: readonly string[];
  /** As `extractTexts` takes them. */
  readonly properties?: readonly string[];
  readonly dictionaries: string;
  readonly languages: readonly string[];
}): void {
  const { name, sources, languages, properties } = application;

  test(`every sentence of ${name} stands in the source as it is said`, async () => {
    const { texts, unreadable } = await readTexts(sources, properties);
    assert.deepEqual(unreadable, []);
    assert.ok(Object.keys(texts).length > 0, 'the sources say nothing');
  });

  test(`${name} says everything in ${languages.join(', ')}, and keeps no sentence that nothing says`, async () => {
    const { texts } = await readTexts(sources, properties);
    const dictionaries = await readDictionaries(application.dictionaries);
    const empty = Object.fromEntries(languages.map((language) => [language, {}]));
    assert.deepEqual(checkDictionaries(texts, { ...empty, ...dictionaries }), []);
  });
}
