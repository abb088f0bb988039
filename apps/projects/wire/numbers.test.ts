/** Numbers are read as the language of the person writes them, and are written so that they are read again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Language, languages } from './languages.ts';
import { parseHours, parseNumber, writeNumber } from './numbers.ts';

const read = (language: Language, ...texts: readonly string[]) => texts.map((text) => parseNumber(text, language));

test('what can be meant in two ways means what it does in the language of the person', () => {
  assert.deepEqual(read('en', '1,500', '1.500', '1,5', '1.5'), [1500, 1.5, 1.5, 1.5]);
  assert.deepEqual(read('de', '1.500', '1,500', '1,5', '1.5'), [1500, 1.5, 1.5, 1.5]);
  assert.deepEqual(read('es', '1.500', '1,500', '1,5', '1.5'), [1500, 1.5, 1.5, 1.5]);
  assert.deepEqual(read('fr', '1.500', '1 500', '1\u202f500,25', '1.5'), [1500, 1500, 1500.25, 1.5]);
});

test('what can be meant in one way is read in every language', () => {
  for (const language of languages) {
    assert.deepEqual(
      read(language, '1.250,50', '1,250.50', "1'250", '1.250.000', '1,250,000'),
      [1250.5, 1250.5, 1250, 1_250_000, 1_250_000],
    );
    assert.deepEqual(read(language, '-3', '−3', '+3', '0', '0,250', '0.250', ' 12 '), [-3, -3, 3, 0, 0.25, 0.25, 12]);
    const none = ['', '-', 'three', '1e5', '1..5', '1.5.5', '1.25,000,5', '12 34', '1,2,3', '0x10', '9'.repeat(31)];
    assert.deepEqual(
      read(language, ...none),
      none.map(() => undefined),
    );
  }
});

test('what is written is read back as it was', () => {
  for (const language of languages)
    for (const value of [0, 1.5, 0.25, 1500, 1234.5, 1.125, 1250.125, 12_345_678.25, -1500, 0.1 + 0.2 - 0.2])
      assert.equal(parseNumber(writeNumber(value, language), language), value, `${language} ${value}`);
  assert.equal(writeNumber(1250.5, 'de'), '1.250,5');
});

test('hours are a number, minutes, or both', () => {
  const hours = (language: Language, ...texts: readonly string[]) => texts.map((text) => parseHours(text, language));
  assert.deepEqual(hours('de', '1,5', '1.250', '1.5h', '2 h'), [1.5, 1250, 1.5, 2]);
  assert.deepEqual(
    hours('en', '90m', '90 min', '1:30', '1h30', '1h 30m', '1 h 30 min'),
    [1.5, 1.5, 1.5, 1.5, 1.5, 1.5],
  );
  assert.deepEqual(hours('en', '20m', '0', '1:60', '1:3:0', 'h', '-1', '2d'), [
    0.33,
    0,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
