/** The workspace says everything in each of its languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dictionariesSuite } from '@gatehouse/words/dictionaries.suite.ts';
import { readDictionaries } from '@gatehouse/words/read-dictionaries.ts';
import { isPlain } from '@gatehouse/words/say.ts';
import { languages } from '../../wire/languages.ts';

const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

dictionariesSuite({
  name: 'the workspace',
  sources: [place('../../server'), place('../../wire'), place('../../client/src')],
  properties: ['what', 'why', 'todo', 'words', 'message'],
  dictionaries: place('../../words'),
  languages: languages.filter((language) => language !== 'en'),
});

test('the browser needs no parser for any sentence', async () => {
  const dictionaries = Object.values(await readDictionaries(place('../../words'))).flatMap(Object.values<object>);
  const sentences = dictionaries.flatMap((each) => Object.entries(each).flat());
  assert.ok(sentences.length > 2_000);
  assert.deepEqual(
    sentences.filter((sentence) => !isPlain(String(sentence))),
    [],
  );
});
