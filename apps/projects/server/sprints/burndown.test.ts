/** The burndown as a table: what happened, and what was left after each moment. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { burndownOf, type PastEntry, type PastToDo } from './burndown.ts';

const done = new Set(['done']);
const created: PastEntry = { field: 'created', old_value: null, at: 10 };
const toDo = (facts: Partial<PastToDo>): PastToDo => ({
  sprintId: 's',
  statusId: 'new',
  effort: 3,
  isDeleted: false,
  history: [created],
  ...facts,
});
const told = (toDos: readonly PastToDo[]): string =>
  burndownOf(toDos, 's', done)
    .map(({ atMs, toDos, effort }) => `${atMs}: ${toDos}, ${effort}`)
    .join(' | ');

test('a to-do made in the sprint counts from then on', () => {
  assert.equal(told([toDo({})]), '10: 1, 3');
});

test('it counts no more once it is done, and again when it is taken up again', () => {
  const back = toDo({
    history: [{ field: 'status', old_value: 'done', at: 40 }, { field: 'status', old_value: 'new', at: 30 }, created],
  });
  assert.equal(told([back]), '10: 1, 3 | 30: 0, 0 | 40: 1, 3');
});

test('what was taken into the sprint later, and what left it, is told too', () => {
  const joined = toDo({ history: [{ field: 'sprint', old_value: null, at: 20 }, created] });
  const left = toDo({ sprintId: 'other', history: [{ field: 'sprint', old_value: 's', at: 30 }, created] });
  assert.equal(told([joined, left]), '10: 1, 3 | 20: 2, 6 | 30: 1, 3');
});

test('an effort that was said later, and the trash, are told too', () => {
  const grown = toDo({ effort: 8, history: [{ field: 'effort', old_value: null, at: 20 }, created] });
  assert.equal(told([grown]), '10: 1, 0 | 20: 1, 8');
  const trashed = toDo({ isDeleted: true, history: [{ field: 'trashed', old_value: null, at: 20 }, created] });
  assert.equal(told([trashed]), '10: 1, 3 | 20: 0, 0');
});

test('several changes at one moment make one point', () => {
  assert.equal(told([toDo({}), toDo({ effort: null })]), '10: 2, 3');
});

test('what was in another sprint all along does not count', () => {
  assert.equal(told([toDo({ sprintId: 'other' }), toDo({ sprintId: null })]), '');
});
