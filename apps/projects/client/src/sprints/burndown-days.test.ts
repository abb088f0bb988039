/** The burndown by days: what was left at the end of each, from the first day that anything is known of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { burndownDays } from './burndown-days.ts';

const sprint = { startOn: '2026-11-02', endOn: '2026-11-06' };
/** Noon, which is of that day by most clocks. */
const point = (day: string, toDos: number) => ({ at: `${day}T12:00:00.000Z`, toDos, effort: 0 });
const told = (points: readonly ReturnType<typeof point>[], today: string): string =>
  burndownDays(points, sprint, today)
    .map(({ day, toDos }) => `${day.slice(-2)}: ${toDos}`)
    .join(', ');

test('each day tells what was left at its end, up to today', () => {
  assert.equal(told([point('2026-11-02', 3), point('2026-11-04', 2)], '2026-11-05'), '02: 3, 03: 3, 04: 2, 05: 2');
});

test('what was planned before the sprint is left on its first day', () => {
  assert.equal(told([point('2026-10-30', 3)], '2026-11-03'), '02: 3, 03: 3');
});

test('a sprint that was filled later begins then: nothing was left before that, because nothing was in it', () => {
  assert.equal(told([point('2026-11-04', 4), point('2026-11-05', 3)], '2026-11-09'), '04: 4, 05: 3, 06: 3');
});

test('a sprint that nothing was ever in has no days', () => {
  assert.equal(told([], '2026-11-05'), '');
});
