/** docs/compatibility.md says what the code does: keys without effect, endpoints, and the workspace's variables. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pendingPatterns } from '../../apps/identity/src/config/pending.ts';
import { endpoints } from '../../apps/identity/src/oidc/paths.ts';
import { readText, trackedFiles } from './tree.ts';

const page = readText('docs/compatibility.md');
const named = new Set([...page.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? ''));
const missing = (names: Iterable<string>): string[] => [...new Set(names)].filter((name) => !named.has(name));

const section = (title: string): string => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

test('the page names every key without effect', () => {
  assert.deepEqual(missing(pendingPatterns.map(([pattern]) => pattern)), []);
});

test('every key that the page calls without effect is one', () => {
  const known = new Set(pendingPatterns.map(([pattern]) => pattern));
  const rows = section('Keys without effect yet').matchAll(/^\| (.*?) \| /gm);
  const keys = [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  assert.ok(keys.length > 0);
  assert.deepEqual(
    keys.filter((key) => !known.has(key)),
    [],
  );
});

test('the page names every endpoint of the provider', () => {
  assert.deepEqual(missing(Object.values(endpoints)), []);
});

test('the page names every variable that the workspace reads, and no other', () => {
  const read = trackedFiles()
    .filter((path) => path.startsWith('apps/projects/server/configuration/') && !path.endsWith('.test.ts'))
    .flatMap((path) => [...readText(path).matchAll(/'(LEAN_[A-Z0-9_]+|PORT|HOST)'/g)].map((match) => match[1] ?? ''));
  assert.ok(read.length > 30);
  assert.deepEqual(missing(read), []);
  const stated = [...section('Variables of the workspace').matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(
    (match) => match[1] ?? '',
  );
  assert.deepEqual(
    stated.filter((name) => !read.includes(name)),
    [],
  );
});
