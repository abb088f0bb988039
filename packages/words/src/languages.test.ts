import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directionOf, isLanguageTag, nameOfLanguage, parseAcceptLanguage, pickLanguage } from './languages.ts';

const offered = ['en', 'de', 'fr', 'pt-BR'];
const rows: [header: string | undefined, language: string | undefined][] = [
  ['de-CH, en;q=0.8', 'de'],
  ['en;q=0.5, fr;q=0.9', 'fr'],
  ['it, es', undefined],
  ['DE', 'de'],
  ['pt-br;q=1, de;q=0.3', 'pt-BR'],
  ['de;q=0, fr', 'fr'],
  ['de;q=x, en', 'en'],
  ['*', undefined],
  ['', undefined],
  [undefined, undefined],
];

for (const [header, language] of rows)
  test(`“${header}” is best served in ${language ?? 'none of ours'}`, () =>
    assert.equal(pickLanguage(parseAcceptLanguage(header), offered), language));

test('a language knows its direction and its own name', () => {
  assert.deepEqual(['de', 'ar', 'he', 'fa', 'az', 'az-Arab'].map(directionOf), [
    'ltr',
    'rtl',
    'rtl',
    'rtl',
    'ltr',
    'rtl',
  ]);
  assert.deepEqual(['de', 'fr', 'es', 'en'].map(nameOfLanguage), ['Deutsch', 'Français', 'Español', 'English']);
});

test('only the tag of a language is one', () => {
  assert.deepEqual(['de', 'pt-BR', '..', 'de_DE', '', 'x'.repeat(40)].map(isLanguageTag), [
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
