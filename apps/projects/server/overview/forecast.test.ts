import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast, type Sums } from './forecast.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-20T12:00:00Z');
const sums = (facts: Partial<Sums>): Sums => ({
  to_dos: 20,
  done: 10,
  weighed: 0,
  weighed_done: 0,
  effort: null,
  effort_done: null,
  first_at: now - 10 * dayMs,
  ...facts,
});
const told = (facts: Partial<Sums>) => forecast(sums(facts), now, '2026-11-20');

test('half of it in ten days leads to the end in ten more', () => {
  assert.deepEqual(told({}), { toDos: 20, done: 10, share: 0.5, endsOn: '2026-11-30' });
});

test('below ten done to-dos there is no forecast', () => {
  assert.equal(told({ done: 9 }).endsOn, null);
  assert.equal(told({ done: 10 }).endsOn, '2026-11-30');
});

test('nothing to do, or nothing left to do, has no end to forecast', () => {
  assert.deepEqual(told({ to_dos: 0, done: 0 }), { toDos: 0, done: 0, share: null, endsOn: null });
  assert.equal(told({ done: 20 }).endsOn, null);
  assert.equal(told({ done: 20 }).share, 1);
});

test('effort weighs, and a missing effort counts as the average of the others', () => {
  // Four with 2, 2, 8, 8 (the small ones done) and ten done without: the average is 5.
  const facts = { to_dos: 14, done: 12, weighed: 4, weighed_done: 2, effort: 20, effort_done: 4 };
  assert.equal(told(facts).share, (4 + 10 * 5) / (20 + 10 * 5));
});

test('an end more than ten years away is not told', () => {
  assert.equal(told({ to_dos: 100_000 }).endsOn, null);
});
