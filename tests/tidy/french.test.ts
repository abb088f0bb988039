/** French as it is set: no line breaks before `? ! : ; »` or after `«`. Reads the dictionaries of both applications. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, trackedFiles } from './tree.ts';

/** A mark with a letter or a digit behind it is no punctuation, such as the `!1` of a quick line or MessageFormat's `::`. */
const breaking = / (?:»|[?!:;](?![\p{L}\d:]))|« /u;
const dictionaries = trackedFiles().filter((path) => /^apps\/[a-z]+\/words\/fr\/[a-z-]+\.json$/.test(path));

test('a space that belongs to a mark does not break', () => {
  const isBreaking = (text: string): boolean => breaking.test(text);
  assert.deepEqual(['Quoi ?', '« Oui »', 'À savoir : rien', 'Non !'].map(isBreaking), [true, true, true, true]);
  assert.deepEqual(['Quoi\u00a0?', '«\u00a0Oui\u00a0».', 'de !1 à !5', '{n, number, ::group-off}'].map(isBreaking), [
    false,
    false,
    false,
    false,
  ]);
});

test('in no French sentence may a line break before its mark or inside its quotes', () => {
  assert.ok(dictionaries.length > 50, 'the dictionaries are found');
  const found = dictionaries.flatMap((path) =>
    Object.values(JSON.parse(readText(path)) as Record<string, string>)
      .filter((sentence) => breaking.test(sentence))
      .map((sentence) => `${path}: ${sentence}`),
  );
  assert.deepEqual(found, []);
});
