import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Milestone, TimelineToDo } from '../../../wire/milestone.ts';
import { monthMarks, scaleOf, shift, smallMarks, widthOf, xOf } from './geometry.ts';
import { conflictsOf, rowsOf } from './rows.ts';

const milestone = (id: string, facts: Partial<Milestone> = {}): Milestone => ({
  id,
  title: id,
  description: '',
  tone: 'accent',
  status: 'planned',
  owner: null,
  startOn: '2026-11-02',
  endOn: '2026-11-13',
  dependsOnIds: [],
  progress: { toDos: 0, done: 0, share: null },
  version: 1,
  ...facts,
});
const toDo = (number: number, milestoneId: string | null): TimelineToDo => ({
  number,
  title: '',
  milestoneId,
  workStartOn: '2026-11-02',
  workEndOn: '2026-11-02',
  done: false,
  version: 1,
});

test('to-dos stand under their milestone, the others at the end, and only when they are asked for', () => {
  const ids = (withToDos: boolean): string[] =>
    rowsOf([milestone('a'), milestone('b')], [toDo(1, 'b'), toDo(2, null), toDo(3, 'a')], withToDos).map(
      ({ id }) => id,
    );
  assert.deepEqual(ids(false), ['a', 'b']);
  assert.deepEqual(ids(true), ['a', 'to-do-3', 'b', 'to-do-1', 'rest', 'to-do-2']);
});

test('a milestone that begins before the one it waits for has ended is in conflict, unless either is done', () => {
  const first = milestone('first');
  const conflicts = (facts: Partial<Milestone>, other: Partial<Milestone> = {}): number =>
    conflictsOf(milestone('next', { dependsOnIds: ['first'], ...facts }), [{ ...first, ...other }]).length;
  assert.equal(conflicts({ startOn: '2026-11-13', endOn: '2026-11-20' }), 1, 'on its last day');
  assert.equal(conflicts({ startOn: '2026-11-14', endOn: '2026-11-20' }), 0);
  assert.equal(conflicts({ startOn: null, endOn: null }), 0);
  assert.equal(conflicts({}, { status: 'done' }), 0);
  assert.equal(conflicts({ status: 'done' }), 0);
  assert.equal(conflicts({ dependsOnIds: [] }), 0);
});

test('a day stands where the scale puts it, also over a change of the clock', () => {
  const scale = scaleOf([{ startOn: '2026-03-20', endOn: '2026-04-10' }], '2026-03-25', 'week');
  assert.equal(scale.from, '2026-03-01');
  assert.equal(xOf(scale, '2026-03-31'), 30 * 14);
  assert.equal(widthOf(scale, { startOn: '2026-03-20', endOn: '2026-04-10' }), 22 * 14);
  assert.deepEqual(
    monthMarks(scale)
      .slice(0, 3)
      .map(({ day, width }) => `${day} ${width / 14}`),
    ['2026-03-01 31', '2026-04-01 30', '2026-05-01 31'],
  );
  assert.equal(smallMarks(scale, 'week')[0]?.day, '2026-03-02');
  assert.equal(smallMarks(scale, 'day')[0]?.day, '2026-03-01');
});

test('an end that is dragged past the other stops there', () => {
  const span = { startOn: '2026-11-02', endOn: '2026-11-06' };
  assert.deepEqual(shift(span, 'whole', 3), { startOn: '2026-11-05', endOn: '2026-11-09' });
  assert.deepEqual(shift(span, 'start', 9), { startOn: '2026-11-06', endOn: '2026-11-06' });
  assert.deepEqual(shift(span, 'end', -9), { startOn: '2026-11-02', endOn: '2026-11-02' });
  assert.deepEqual(shift(span, 'end', 1), { startOn: '2026-11-02', endOn: '2026-11-07' });
});
