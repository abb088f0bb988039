import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecast, type Sums } from './forecast.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-20T12:00:00Z');
const sums = (facts: Partial<Sums>): Sums => ({
  to_dos: 20,
  done: 10,
  parts: facts.to_dos ?? 20,
  parts_done: facts.done ?? 10,
  weighed: 0,
  weighed_done: 0,
  weight: 0,
  weight_done: 0,
  ...facts,
});
const told = (facts: Partial<Sums>) => forecast(sums(facts), now - 10 * dayMs, now, '2026-11-20');

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
  const facts = { to_dos: 14, done: 12, weighed: 4, weighed_done: 2, weight: 20, weight_done: 4 };
  assert.equal(told(facts).share, (4 + 10 * 5) / (20 + 10 * 5));
});

test('fractions that add up to a little less than the whole are the whole when all is done', () => {
  assert.equal(told({ done: 20, parts: 1, parts_done: 0.9999999999999999 }).share, 1);
});

test('an end more than ten years away is not told', () => {
  assert.equal(told({ to_dos: 100_000 }).endsOn, null);
});
