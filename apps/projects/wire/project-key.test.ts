import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectKey } from './project.ts';
import { proposeKey } from './project-key.ts';

test('a key is proposed from the name', () => {
  const proposed = [
    'Website relaunch',
    'Summer menu',
    'Alice’s to-dos',
    'IT',
    'A b c',
    'Été',
    '日本語',
    '2026',
    '',
  ].map((name) => proposeKey(name, 0));
  assert.deepEqual(proposed, ['WEB', 'SUM', 'ALI', 'IT', 'ABC', 'ETE', 'PP', 'PP', 'PP']);
});

test('every proposal is a valid key', () => {
  for (const name of ['Website', 'x', '9 lives', '日本語', '-', 'Ångström & Söhne'])
    for (const attempt of [0, 1, 49]) assert.ok(projectKey.safeParse(proposeKey(name, attempt)).success, name);
});
