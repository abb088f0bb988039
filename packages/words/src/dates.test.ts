import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, fullMoment, list, longDate, recentDay, span } from './dates.ts';

const atMs = Date.UTC(2026, 10, 3, 21, 4);
const hourMs = 3_600_000;

const rows: [laterMs: number, english: string | undefined, german: string | undefined][] = [
  [59_999, undefined, undefined],
  [60_000, '1 minute ago', 'vor 1 Minute'],
  [59 * 60_000, '59 minutes ago', 'vor 59 Minuten'],
  [23 * hourMs, '23 hours ago', 'vor 23 Stunden'],
  [24 * hourMs, '1 day ago', 'vor 1 Tag'],
  [7 * 24 * hourMs - 1, '6 days ago', 'vor 6 Tagen'],
  [7 * 24 * hourMs, undefined, undefined],
];

for (const [laterMs, english, german] of rows)
  test(`${laterMs} ms later it was ${english ?? 'nothing to count'}`, () => {
    assert.equal(ago('en', atMs, atMs + laterMs), english);
    assert.equal(ago('de', atMs, atMs + laterMs), german);
  });

test('a date is written as people of the language write it', () => {
  assert.deepEqual(
    ['en', 'de', 'fr', 'es'].map((each) => longDate(each, atMs)),
    ['3 November 2026', '3. November 2026', '3 novembre 2026', '3 de noviembre de 2026'],
  );
  assert.equal(fullMoment('en', atMs), 'Tuesday, 3 November 2026 at 21:04 UTC');
  assert.equal(fullMoment('de', atMs), 'Dienstag, 3. November 2026 um 21:04 UTC');
});

test('a recent day has a name', () => {
  assert.equal(recentDay('en', atMs, atMs + hourMs), 'today');
  assert.equal(recentDay('de', atMs, atMs + 3 * hourMs), 'gestern');
  assert.equal(recentDay('fr', atMs, atMs + 48 * hourMs), '3 novembre 2026');
});

test('a span is told in whole minutes, or in seconds', () => {
  assert.deepEqual(
    [60_000, 300_000, 90_000].map((ms) => span('en', ms)),
    ['1 minute', '5 minutes', '90 seconds'],
  );
  assert.equal(span('de', 300_000), '5 Minuten');
});

test('a list has its “and”', () => {
  assert.equal(list('en', ['a', 'b', 'c']), 'a, b and c');
  assert.equal(list('es', ['a', 'b']), 'a y b');
});
