/** Browser tests take the network from a page, or answer for it, only in the way that is in force when they go on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, trackedFiles } from './tree.ts';

const atOnce = /\b(?:page|again|\w*[pP]hones?|alices|bobs)\.route\(|setOffline\(true\)/;

test('no browser test goes on before its network is as it says', () => {
  const isAtOnce = (text: string): boolean => atOnce.test(text);
  assert.deepEqual(["await page.route('**/x'", 'setOffline(true)', 'setOffline(false)'].map(isAtOnce), [
    true,
    true,
    false,
  ]);
  const tests = trackedFiles().filter((path) =>
    /(?:\.browser\.test|\.testing|tests\/browser\/.*\.test)\.ts$/.test(path),
  );
  assert.ok(tests.length > 80, `${tests.length} files are found`);
  assert.deepEqual(
    tests.filter((path) => isAtOnce(readText(path))),
    [],
  );
});
