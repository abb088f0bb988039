/** Pure changes to a board held in memory, so that a move is seen before the server answers. Fetches nothing. */
import type { BoardAnswer, BoardColumn, Card } from '../../../wire/to-do.ts';

/** The column with so many cards like this one more or fewer to count. */
function counted(column: BoardColumn, { parentNumber }: Card, by: 1 | -1): BoardColumn {
  return { ...column, count: column.count + by, parts: column.parts + (parentNumber === null ? 0 : by) };
}

/** The board with the card taken out of where it was and put after `afterNumber`, or first. */
export function moveOnBoard(board: BoardAnswer, card: Card, statusId: string, afterNumber: number | null): BoardAnswer {
  const without = takeOff(board, card.number);
  return {
    columns: without.columns.map((column) => {
      if (column.statusId !== statusId) return column;
      const index = afterNumber === null ? 0 : column.cards.findIndex(({ number }) => number === afterNumber) + 1;
      const cards = column.cards.toSpliced(index, 0, { ...card, statusId });
      return { ...counted(column, card, 1), cards };
    }),
  };
}

export function takeOff(board: BoardAnswer, number: number): BoardAnswer {
  return {
    columns: board.columns.map((column) => {
      const card = column.cards.find((each) => each.number === number);
      return card ? { ...counted(column, card, -1), cards: column.cards.filter((each) => each !== card) } : column;
    }),
  };
}

/**
 * The card as it is now, at the place its rank gives it. One that no column shows changes nothing, nor does a state older
 * than the one that is held: news of somebody's next change may be here before the answer to one's own.
 */
export function putCard(board: BoardAnswer, card: Card): BoardAnswer {
  const known = findCard(board, card.number);
  return known && known.version <= card.version ? insertByRank(takeOff(board, card.number), card) : board;
}

/**
 * As `putCard`, for news of others: an older state changes nothing, and a new card comes in. Undefined when the board does
 * not hold enough to know: which column a card left that was not shown.
 */
export function placeNews(board: BoardAnswer, card: Card, isNew: boolean): BoardAnswer | undefined {
  const known = findCard(board, card.number);
  if (known) return known.version >= card.version ? board : putCard(board, card);
  return isNew ? insertByRank(board, card) : undefined;
}

/** As `takeOff`, for news of others. Undefined when the board does not hold the card: any column may count one fewer. */
export function takeOffNews(board: BoardAnswer, number: number): BoardAnswer | undefined {
  return findCard(board, number) && takeOff(board, number);
}

/** Beyond the cards that a column shows, only its count grows. */
function insertByRank(board: BoardAnswer, card: Card): BoardAnswer {
  return {
    columns: board.columns.map((column) => {
      if (column.statusId !== card.statusId) return column;
      const next = counted(column, card, 1);
      const index = column.cards.findIndex(({ rank }) => rank > card.rank);
      const isHidden = index < 0 && column.count > column.cards.length;
      if (isHidden) return next;
      return { ...next, cards: column.cards.toSpliced(index < 0 ? column.cards.length : index, 0, card) };
    }),
  };
}

/** A new card stands last in its column. */
export function addCard(board: BoardAnswer, card: Card): BoardAnswer {
  if (findCard(board, card.number)) return putCard(board, card);
  return {
    columns: board.columns.map((column) =>
      column.statusId === card.statusId ? { ...counted(column, card, 1), cards: [...column.cards, card] } : column,
    ),
  };
}

/** Of the cards of a column that are here; undefined when none is. */
export function lastRank(board: BoardAnswer | undefined, statusId: string): string | undefined {
  return board?.columns.find((column) => column.statusId === statusId)?.cards.at(-1)?.rank;
}

/** With what comes after a rank. A board that ends elsewhere meanwhile stays as it is: between the two some would be left out. */
export function addMore(board: BoardAnswer, statusId: string, afterRank: string, more: readonly Card[]): BoardAnswer {
  if ((lastRank(board, statusId) ?? '') !== afterRank) return board;
  const known = new Set(board.columns.flatMap(({ cards }) => cards.map(({ number }) => number)));
  const fresh = more.filter(({ number }) => !known.has(number));
  return {
    columns: board.columns.map((column) =>
      column.statusId === statusId ? { ...column, cards: [...column.cards, ...fresh] } : column,
    ),
  };
}

export function findCard(board: BoardAnswer, number: number): Card | undefined {
  return board.columns.flatMap((column: BoardColumn) => column.cards).find((card) => card.number === number);
}

/** The number of the card that stands right before, in the same column; null for the first. */
export function cardBefore(board: BoardAnswer, number: number): number | null {
  const column = board.columns.find(({ cards }) => cards.some((card) => card.number === number));
  const index = column?.cards.findIndex((card) => card.number === number) ?? 0;
  return column?.cards[index - 1]?.number ?? null;
}
