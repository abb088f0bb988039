import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptOf, toDoKeyOf, wordsOf } from './words.ts';

const queries: [query: string, words: string[]][] = [
  ['Café menu', ['cafe', 'menu']],
  ['  "drop" OR * NEAR( ', ['drop', 'or', 'near']],
  ['Größe ÜBER', ['große', 'uber']],
  ['web-42', ['web', '42']],
  ['…', []],
  ['a b c d e f g h i j', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']],
];
for (const [query, words] of queries)
  test(`“${query}” looks for ${words.join(', ') || 'nothing'}`, () => assert.deepEqual(wordsOf(query), words));

test('a query that is a key names one to-do', () => {
  assert.deepEqual(toDoKeyOf(' web-42 '), { key: 'WEB', number: 42 });
  for (const query of ['web-0', 'web 42', '42', 'web-42 menu']) assert.equal(toDoKeyOf(query), undefined);
});

test('an excerpt stands on one line around the word, cut between words', () => {
  const long = `${'before '.repeat(40)}the Café\nopens ${'after '.repeat(40)}`;
  const excerpt = excerptOf(long, ['cafe']) ?? '';
  assert.match(excerpt, /^…before .*the Café opens after.* after…$/);
  assert.ok(excerpt.length <= 162, `${excerpt.length}`);
  assert.equal(excerptOf('The Café opens', ['open']), 'The Café opens');
  assert.equal(excerptOf('The Café opens', ['shut']), null);
});

test('an excerpt of one endless word is cut all the same', () => {
  assert.equal(excerptOf('x'.repeat(5000), ['x'])?.length, 161);
});
