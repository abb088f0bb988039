import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn } from '@gatehouse/words/say-in.ts';
import { agoInWords } from './ago.ts';

const atMs = Date.UTC(2026, 10, 3);
const hourMs = 3_600_000;
const rows: [laterMs: number, words: string][] = [
  [-5, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [23 * hourMs, '23 hours ago'],
  [7 * 24 * hourMs - 1, '6 days ago'],
  [7 * 24 * hourMs, 'on 3 November 2026'],
];

for (const [laterMs, words] of rows)
  test(`${laterMs} ms later it was ${words}`, () => assert.equal(agoInWords(sayIn('en'), atMs, atMs + laterMs), words));
