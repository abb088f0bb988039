import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseUntil } from './pause-until.ts';

test('a pause does not end before its time, at the whole millisecond below', async () => {
  for (let part = 0; part < 40; part++) {
    const untilMs = performance.now() + 5 + part / 40;
    await pauseUntil(untilMs);
    assert.ok(performance.now() >= untilMs);
  }
});

test('what is over already is not waited for', async () => {
  await pauseUntil(performance.now() - 1);
});
