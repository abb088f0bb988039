/** The table of attacks in SECURITY.md tells the truth: each test that it names is there, under the number that it names, and no other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, trackedFiles } from './tree.ts';

type Row = { readonly number: string; readonly paths: readonly string[]; readonly why: string };

const rows: readonly Row[] = [...readText('SECURITY.md').matchAll(/^\| (\d+) \|(?:[^|\n]*\|){2} ([^|\n]*) \|$/gm)].map(
  ([, number = '', tried = '']) => ({
    number,
    paths: [...tried.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
    why: tried,
  }),
);

const anyTitle = /['"`]attack (\d+): /g;

const numbersBetween = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('the map has every attack on the portal and the provider, 1, 2 and from 16 to 53, once', () => {
  const numbers = new Set(rows.map((row) => Number(row.number)));
  assert.equal(numbers.size, rows.length, 'tests of one attack stand in one row');
  const absent = [1, 2, ...numbersBetween(16, 53)].filter((each) => !numbers.has(each));
  assert.deepEqual(absent, []);
});

test('every attack of the map is tried somewhere, or its row says why it does not apply', () => {
  assert.ok(rows.length > 0);
  const silent = rows.filter(({ paths, why }) => paths.length === 0 && !why.startsWith('does not apply: '));
  assert.deepEqual(
    silent.map((row) => row.number),
    [],
  );
});

test('every test that the map names has a title that begins with the number of the attack', () => {
  const missing = rows.flatMap(({ number, paths }) =>
    paths.filter((path) => !titleOf(number).test(readText(path))).map((path) => `${number}: ${path}`),
  );
  assert.deepEqual(missing, []);
});

test('every test whose title begins with the number of an attack is named in the row of that attack', () => {
  const named = new Set(rows.flatMap(({ number, paths }) => paths.map((path) => `${number}: ${path}`)));
  const tried = trackedFiles()
    .filter((path) => /\.(test|suite)\.tsx?$/.test(path))
    .flatMap((path) => [...readText(path).matchAll(anyTitle)].map(([, number = '']) => `${number}: ${path}`));
  assert.ok(tried.length > 0);
  assert.deepEqual([...new Set(tried)].filter((each) => !named.has(each)).toSorted(), []);
});

function titleOf(number: string): RegExp {
  return new RegExp(`['"\`]attack ${number}: `);
}
