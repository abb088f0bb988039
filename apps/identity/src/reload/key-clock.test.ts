import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeyClock } from './key-clock.ts';

const dayMs = 86_400_000;

test('each turn of a key is told at its instant, however far ahead, and once a day there is a look', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  const told: string[] = [];
  const clock = openKeyClock({
    nowMs: Date.now,
    turned: () => told.push(`turned at ${Date.now()}`),
    daily: () => told.push(`day ${Date.now() / dayMs}`),
  });
  clock.follow([{ not_after: 1.5 * dayMs }, { not_before: 1.5 * dayMs }, { not_before: 100 * dayMs }], Date.now());
  for (let half = 0; half < 4; half += 1) context.mock.timers.tick(dayMs / 2);
  assert.deepEqual(told, ['day 1', `turned at ${1.5 * dayMs}`, 'day 2']);
  // A timer cannot wait for a hundred days; each day it waits for the next.
  for (let day = 2; day < 100; day += 1) context.mock.timers.tick(dayMs);
  assert.ok(told.includes(`turned at ${100 * dayMs}`));
  clock.close();
});

test('a turn that passed while the keys were taken into use is told at once', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1000 });
  let turns = 0;
  const clock = openKeyClock({
    nowMs: Date.now,
    turned: () => {
      turns += 1;
    },
    daily: () => undefined,
  });
  clock.follow([{ not_before: 900 }], 800);
  context.mock.timers.tick(1);
  assert.equal(turns, 1);
  clock.close();
});
