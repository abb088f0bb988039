import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoardAnswer, Card } from '../../../wire/to-do.ts';
import { addCard, addMore, moveOnBoard, placeNews, putCard, takeOff, takeOffNews } from './board-cache.ts';

const facts = { statusId: 'new', version: 1, parentNumber: null };
const card = (number: number, rank: string, more: Partial<Card> = {}) => ({ ...facts, number, rank, ...more }) as Card;

function boardOf(...columns: readonly (readonly [string, ...Card[]])[]): BoardAnswer {
  return {
    columns: columns.map(([statusId, ...cards]) => ({
      ...{ statusId, cards, count: cards.length },
      parts: cards.filter(({ parentNumber }) => parentNumber !== null).length,
    })),
  };
}

const numbersIn = (board: BoardAnswer): number[][] =>
  board.columns.map(({ cards }) => cards.map(({ number }) => number));

test('an answer that comes after the news of a later change changes nothing', () => {
  const board = boardOf(['new', card(1, 'a'), card(2, 'b')], ['done']);
  const later = placeNews(board, card(1, 'c', { statusId: 'done', version: 3 }), false);
  assert.ok(later);
  assert.deepEqual(numbersIn(later), [[2], [1]]);
  assert.equal(putCard(later, card(1, 'd', { version: 2 })), later);
});

test('an answer and the news of the same change may come in either order', () => {
  const board = boardOf(['new', card(1, 'a'), card(2, 'b')], ['done']);
  const moved = card(1, 'c', { statusId: 'done', version: 2 });
  const answered = putCard(board, moved);
  assert.deepEqual(numbersIn(answered), [[2], [1]]);
  assert.equal(placeNews(answered, moved, false), answered);
  assert.deepEqual(numbersIn(putCard(placeNews(board, moved, false) ?? board, moved)), [[2], [1]]);
});

test('what is gone leaves its column; of a card that none shows, the board cannot tell which counts one fewer', () => {
  const board = boardOf(['new', card(1, 'a'), card(2, 'b')], ['done']);
  assert.deepEqual(takeOffNews(board, 2), boardOf(['new', card(1, 'a')], ['done']));
  assert.equal(takeOffNews(board, 3), undefined);
});

test('subtasks are counted apart, whatever way they come and go', () => {
  const part = card(2, 'b', { parentNumber: 1 });
  const board = boardOf(['new', card(1, 'a'), part], ['done']);
  const counts = ({ columns }: BoardAnswer) => columns.map(({ count, parts }) => [count, parts]);
  assert.deepEqual(counts(board), [
    [2, 1],
    [0, 0],
  ]);
  assert.deepEqual(counts(moveOnBoard(board, part, 'done', null)), [
    [1, 0],
    [1, 1],
  ]);
  assert.deepEqual(counts(takeOff(board, 2)), [
    [1, 0],
    [0, 0],
  ]);
  assert.deepEqual(counts(addCard(board, card(3, 'c', { parentNumber: 1 }))), [
    [3, 2],
    [0, 0],
  ]);
  assert.deepEqual(counts(putCard(board, card(2, 'b', { version: 2 }))), [
    [2, 0],
    [0, 0],
  ]);
});

test('more cards join only where the board still ends: otherwise some between would be left out', () => {
  const board = boardOf(['new', card(1, 'a'), card(2, 'b')], ['done']);
  assert.deepEqual(numbersIn(addMore(board, 'new', 'b', [card(3, 'c')])), [[1, 2, 3], []]);
  assert.deepEqual(numbersIn(addMore(board, 'done', '', [card(4, 'd', { statusId: 'done' })])), [[1, 2], [4]]);
  assert.equal(addMore(takeOff(board, 2), 'new', 'b', [card(3, 'c')]).columns[0]?.cards.length, 1);
  assert.deepEqual(numbersIn(addMore(board, 'new', 'b', [card(1, 'z'), card(3, 'c')])), [[1, 2, 3], []]);
});
