import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, dueGroupOf, endOfWeek, isDay, nextMonday, sayDay, usualFirstWeekday } from './days.ts';

test('a day is one that exists', () => {
  for (const day of ['2026-11-23', '2024-02-29', '1970-01-01', '9998-12-31']) assert.ok(isDay(day), day);
  for (const text of [
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '1969-12-31',
    '2026-11-23T00:00',
    '',
    '9999-01-01',
    '+12026-01-01',
  ])
    assert.ok(!isDay(text), text);
});

test('the week ends on Sunday, and Monday is the next one even on a Monday', () => {
  assert.equal(endOfWeek('2026-11-23'), '2026-11-29');
  assert.equal(endOfWeek('2026-11-29'), '2026-11-29');
  assert.equal(nextMonday('2026-11-23'), '2026-11-30');
  assert.equal(nextMonday('2026-11-29'), '2026-11-30');
});

test('a week may begin on Sunday or Saturday too, and this week ends before it', () => {
  const ends = ['2026-11-27', '2026-11-28', '2026-11-29'].map((day) => [endOfWeek(day, 7), endOfWeek(day, 6)]);
  assert.deepEqual(ends, [
    ['2026-11-28', '2026-11-27'],
    ['2026-11-28', '2026-12-04'],
    ['2026-12-05', '2026-12-04'],
  ]);
  assert.equal(dueGroupOf('2026-11-29', '2026-11-27', 7), 'later');
  assert.equal(dueGroupOf('2026-11-29', '2026-11-27'), 'week');
});

test('days are added across months, years and the change of clocks', () => {
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(addDays('2026-03-29', 1), '2026-03-30');
  assert.equal(addDays('2026-03-01', -1), '2026-02-28');
});

test('a day is said as people say it', () => {
  const today = '2026-11-23';
  const said = ['2026-11-22', today, '2026-11-24', '2026-11-26', '2026-11-30', '2027-01-02'].map((day) =>
    sayDay(day, today),
  );
  assert.deepEqual(said, ['Yesterday', 'Today', 'Tomorrow', 'Thu', '30 Nov', '2 Jan 2027']);
});

test('a due day belongs to one group', () => {
  const today = '2026-11-23';
  const days = ['2026-11-22', today, '2026-11-24', '2026-11-25', '2026-11-29', '2026-11-30', null];
  const groups = days.map((day) => dueGroupOf(day, today));
  assert.deepEqual(groups, ['overdue', 'today', 'tomorrow', 'week', 'week', 'later', 'none']);
});

test('tomorrow is tomorrow on the last day of a week, too', () => {
  const groups = ['2026-11-29', '2026-11-30', '2026-12-01'].map((day) => dueGroupOf(day, '2026-11-29'));
  assert.deepEqual(groups, ['today', 'tomorrow', 'later']);
});

test('weeks begin as where the browser is from, and on Monday where it does not say', () => {
  const from = ['de-DE', 'en-GB', 'en-US', 'ar-EG', 'fr', '', 'x'].map((language) => usualFirstWeekday([language]));
  assert.deepEqual(from, [1, 1, 7, 6, 1, 1, 1]);
  assert.equal(usualFirstWeekday(['en', 'en-US', 'de-DE']), 7);
  assert.equal(usualFirstWeekday([]), 1);
});
