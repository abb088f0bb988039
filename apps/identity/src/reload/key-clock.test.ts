import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKeyClock } from './key-clock.ts';

const dayMs = 86_400_000;

test('each turn of a key is told at its instant, however far ahead, and once a day there is a look', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  const told: string[] = [];
  const clock = openKeyClock({
    nowMs: Date.now,
    turned: () => {
      told.push(`turned at ${Date.now()}`);
      clock.follow(keys, Date.now());
    },
    daily: () => told.push(`day ${Date.now() / dayMs}`),
  });
  const keys = [{ not_after: 1.5 * dayMs }, { not_before: 1.5 * dayMs }, { not_before: 100 * dayMs }];
  clock.follow(keys, Date.now());
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

test('a turn after which the keys were not taken into use is told again each minute', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  const told: number[] = [];
  const clock = openKeyClock({
    nowMs: Date.now,
    turned: () => void told.push(Date.now()),
    daily: () => undefined,
  });
  const keys = [{ not_after: 10_000 }, { not_before: 10_000, not_after: 100_000 }];
  clock.follow(keys, 0);
  for (let second = 0; second < 200; second += 1) context.mock.timers.tick(1_000);
  assert.deepEqual(told, [10_000, 70_000, 100_000, 160_000]);
  clock.follow(keys, Date.now());
  context.mock.timers.tick(600_000);
  assert.equal(told.length, 4);
  clock.close();
});
