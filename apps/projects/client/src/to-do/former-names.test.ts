import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readDictionaries } from '@gatehouse/words/read-dictionaries.ts';
import { speak } from '@gatehouse/words/say.ts';
import { sayNames } from './former-names.ts';

const { de = {} } = await readDictionaries(fileURLToPath(new URL('../../../words', import.meta.url)));
const say = speak('de', Object.values(de));

test('what is gone is called so in the language of the reader, and names stay as they are', () => {
  assert.equal(sayNames(say, 'tags', 'billing, a former tag'), 'billing, früheres Schlagwort');
  assert.equal(sayNames(say, 'blockers', 'a former to-do, a former to-do'), 'frühere Aufgabe, frühere Aufgabe');
  assert.equal(sayNames(say, 'milestone', 'a former milestone'), 'früherer Meilenstein');
  assert.equal(sayNames(say, 'parent', null), null);
});

test('a title that says the same is a title', () => {
  assert.equal(sayNames(say, 'title', 'a former tag'), 'a former tag');
});
