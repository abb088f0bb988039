/** When mail is due, on the clock where a person lives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastDue, type Rhythm } from './rhythm.ts';

// A Wednesday.
const now = Date.parse('2026-11-25T14:20:30.500Z');
const inParis: Rhythm = { frequency: 'daily', hour: 8, timeZone: 'Europe/Paris' };

const table: readonly { title: string; rhythm: Rhythm; at?: string; due: string }[] = [
  { title: 'at once is now', rhythm: { ...inParis, frequency: 'immediate' }, due: '2026-11-25T14:20:30.500Z' },
  { title: 'hourly is the full hour', rhythm: { ...inParis, frequency: 'hourly' }, due: '2026-11-25T14:00:00.000Z' },
  {
    title: 'hourly is the full hour of the clock there, where zones differ by half hours',
    rhythm: { frequency: 'hourly', hour: 8, timeZone: 'Asia/Kolkata' },
    due: '2026-11-25T13:30:00.000Z',
  },
  { title: 'daily is this morning, once it has been', rhythm: inParis, due: '2026-11-25T07:00:00.000Z' },
  {
    title: 'daily is the morning before, until then',
    rhythm: inParis,
    at: '2026-11-25T06:59:59.999Z',
    due: '2026-11-24T07:00:00.000Z',
  },
  {
    title: 'daily follows the days of the person, not those of the server',
    rhythm: { frequency: 'daily', hour: 8, timeZone: 'Pacific/Auckland' },
    at: '2026-11-25T20:00:00.000Z',
    due: '2026-11-25T19:00:00.000Z',
  },
  {
    title: 'weekly is the last Monday',
    rhythm: { ...inParis, frequency: 'weekly' },
    due: '2026-11-23T07:00:00.000Z',
  },
  {
    title: 'weekly is the Monday before on Monday before the hour',
    rhythm: { ...inParis, frequency: 'weekly' },
    at: '2026-11-23T06:00:00.000Z',
    due: '2026-11-16T07:00:00.000Z',
  },
];

for (const { title, rhythm, at, due } of table)
  test(title, () => {
    const instant = at === undefined ? now : Date.parse(at);
    assert.equal(new Date(lastDue(rhythm, instant)).toISOString(), due);
  });
