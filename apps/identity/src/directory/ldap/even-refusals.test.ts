/** Attack 16 in the tail: how late refusals leave when a server takes now longer and now shorter; without a clock or a server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEvenRefusals, presetFloorMs } from './even-refusals.ts';

/** Evenly spread from 0 to below 1, the same in every run (a linear congruential generator). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** When refusals left, in milliseconds: 500 of known people, who cost the server `costMs`, and 500 of nobody, by turns. */
function leavingTimes(costMs: () => number) {
  const refusals = openEvenRefusals({ random: seeded(2) });
  const leave = (tookMs: number, isKnown: boolean): number => tookMs + refusals.holdMs(tookMs, isKnown);
  const pairs = Array.from({ length: 500 }, () => [leave(costMs(), true), leave(2, false)] as const);
  return { known: pairs.map(([known]) => known), nobody: pairs.map(([, nobody]) => nobody) };
}

/** The greatest difference between two distributions (Kolmogorov and Smirnov): above 0.13 once in 300 runs of 500 equal ones. */
function greatestGap(one: readonly number[], other: readonly number[]): number {
  const partUpTo = (values: readonly number[], ms: number) =>
    values.filter((each) => each <= ms).length / values.length;
  return Math.max(...[...one, ...other].map((ms) => Math.abs(partUpTo(one, ms) - partUpTo(other, ms))));
}

const later = (times: readonly number[], ms: number): number => times.filter((each) => each > ms).length;

test('attack 16: a server that now and then takes many times as long tells nothing by it', () => {
  const random = seeded(1);
  const { known, nobody } = leavingTimes(() => 100 + (random() < 0.06 ? 400 * random() : 10 * random()));
  const floorMs = Math.min(...known);
  assert.ok(later(known, floorMs + 100) > 10, 'the server was never slow');
  assert.ok(Math.abs(later(known, floorMs + 100) - later(nobody, floorMs + 100)) < 15);
  assert.ok(greatestGap(known, nobody) < 0.13);
});

test('attack 16: a server with digests of two costs is refused for at the pace of the dearer', () => {
  let count = 0;
  const { known, nobody } = leavingTimes(() => (++count % 4 === 0 ? 600 : 60) + count / 1000);
  assert.ok(Math.min(...known.slice(32), ...nobody.slice(32)) > 600);
  assert.ok(greatestGap(known.slice(32), nobody.slice(32)) < 0.13);
});

test('before much was measured a refusal is held for longer than costly digests take', () => {
  const refusals = openEvenRefusals({ random: seeded(1) });
  assert.deepEqual([refusals.holdMs(0, false), refusals.holdMs(0, true)], [5 * presetFloorMs, 5 * presetFloorMs]);
  for (let tries = 0; tries < 40; tries++) refusals.holdMs(20, true);
  assert.equal(refusals.holdMs(0, false), presetFloorMs);
});

test('a server that has become very slow holds nobody for more than three seconds, but for those who are like one it was slow for', () => {
  const refusals = openEvenRefusals({ random: () => 0 });
  for (const tookMs of Array.from({ length: 32 }, (_, index) => 2000 + index)) refusals.holdMs(tookMs, true);
  assert.equal(refusals.holdMs(0, false), 3000);
});
