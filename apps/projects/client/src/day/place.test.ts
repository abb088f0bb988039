/** Where planned hours stand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { last, layOut, minutesFor, nextFree, startAt } from './place.ts';

const stretch = (startMinute: number, minutes: number) => ({ startMinute, minutes });

test('what overlaps stands side by side, what does not has the whole width', () => {
  const placed = layOut([stretch(600, 60), stretch(540, 60), stretch(615, 15), stretch(620, 60), stretch(720, 30)]);
  assert.deepEqual(
    placed.map(({ block, column, columns }) => [block.startMinute, column, columns]),
    [
      [540, 0, 1],
      [600, 0, 3],
      [615, 1, 3],
      [620, 2, 3],
      [720, 0, 1],
    ],
  );
});

test('a column that is free again is used again', () => {
  const placed = layOut([stretch(600, 120), stretch(600, 30), stretch(630, 30)]);
  assert.deepEqual(
    placed.map(({ column, columns }) => [column, columns]),
    [
      [0, 2],
      [1, 2],
      [1, 2],
    ],
  );
});

test('the next gap is found between, behind and not beyond midnight', () => {
  const blocks = [stretch(540, 60), stretch(630, 60)];
  assert.equal(nextFree(blocks, 530, 30), 600);
  assert.equal(nextFree(blocks, 530, 60), 690);
  assert.equal(nextFree(blocks, 532, 5), 600);
  assert.equal(nextFree([], 533, 30), 540);
  assert.equal(nextFree([], 1430, 30), null);
});

test('nothing is moved or stretched beyond its day, nor made to nothing', () => {
  assert.deepEqual(startAt(stretch(600, 60), 1430), stretch(1380, 60));
  assert.deepEqual(startAt(stretch(600, 60), -15), stretch(0, 60));
  assert.deepEqual(last(stretch(1400, 30), 90), stretch(1400, 40));
  assert.deepEqual(last(stretch(600, 30), -30), stretch(600, 15));
});

test('a to-do is planned for as long as was said, a small one shortly', () => {
  assert.equal(minutesFor({ plannedHours: 1.5, effort: null }), 90);
  assert.equal(minutesFor({ plannedHours: 40, effort: null }), 240);
  assert.equal(minutesFor({ plannedHours: 0.1, effort: null }), 15);
  assert.equal(minutesFor({ plannedHours: null, effort: 0.5 }), 15);
  assert.equal(minutesFor({ plannedHours: null, effort: 8 }), 60);
});
