/** Both applications are one house: every drawing of the mark draws the same gate. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText } from './tree.ts';

const drawings = [
  'apps/identity/src/pages/mark.ts',
  'apps/projects/client/src/kit/mark.tsx',
  'apps/projects/server/sign-in/pages.ts',
];

test('every drawing of the mark draws what the mark of the design draws', () => {
  const lines = [...readText('packages/design/src/mark.svg').matchAll(/ d="([^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(lines.length > 0);
  for (const path of drawings)
    for (const line of lines) assert.ok(readText(path).includes(`d="${line}"`), `${path} draws another mark`);
});
