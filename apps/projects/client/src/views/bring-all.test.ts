/** Bringing all cards of some columns, whatever those count. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoardColumn, Card } from '../../../wire/to-do.ts';
import { bringAll } from './bring-all.ts';

const piece = 2;
const first = 1;

/** One column of so many to-dos, which the board counts as `counts` say, the last one again and again. */
function columnOf(all: number, ...counts: readonly number[]) {
  const asked: string[] = [];
  let held = first;
  let reading = 0;
  const cards = (): Card[] => Array.from({ length: held }, (_, index) => ({ number: index + 1 }) as Card);
  const columnsNow = (): BoardColumn[] => [
    { statusId: 'done', count: counts[reading] ?? counts.at(-1) ?? all, parts: 0, cards: cards() },
  ];
  return {
    asked,
    held: () => held,
    columnsNow,
    isEnough: () => false,
    async bring(statusId: string): Promise<boolean> {
      asked.push(statusId);
      if (asked.length > 20) throw new Error('It asks for ever.');
      const before = held;
      held = Math.min(all, held + piece);
      return held > before;
    },
    async readAnew(): Promise<void> {
      asked.push('board');
      held = first;
      reading += 1;
    },
  };
}

test('all comes, piece by piece, and nothing is asked for beyond', async () => {
  const column = columnOf(5, 5);
  assert.equal(await bringAll(column), true);
  assert.deepEqual(column.asked, ['done', 'done']);
});

test('where a column counts one that is gone, the board is read anew and all of it comes', async () => {
  const column = columnOf(5, 6, 5);
  assert.equal(await bringAll(column), true);
  assert.equal(column.held(), 5);
  assert.deepEqual(column.asked, ['done', 'done', 'done', 'board', 'done', 'done']);
});

test('where more is counted than ever comes, it ends, and what was brought is kept', async () => {
  const column = columnOf(5, 6);
  assert.equal(await bringAll(column), false);
  assert.equal(column.held(), 5);
});

test('it ends where there is enough', async () => {
  const column = columnOf(50, 50);
  assert.equal(await bringAll({ ...column, isEnough: ([each]) => (each?.cards.length ?? 0) >= 4 }), true);
  assert.equal(column.held(), 5);
});
