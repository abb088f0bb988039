/** The order of the rows of a table, and the sums under it. Pure. What has no value stands last, whichever way it is sorted. */
import type { Card } from '../../../wire/to-do.ts';

export const columns = [
  'number',
  'title',
  'status',
  'priority',
  'people',
  'due',
  'type',
  'effort',
  'tags',
  'milestone',
  'sprint',
  'work',
  'planned',
  'remaining',
  'subtasks',
] as const;
export type Column = (typeof columns)[number];

/** Shown until somebody chooses. */
export const firstColumns: readonly Column[] = [
  'number',
  'title',
  'status',
  'priority',
  'people',
  'due',
  'effort',
  'tags',
  'planned',
];

export type Sort = { readonly column: Column | 'rank'; readonly descending: boolean };
export const byRank: Sort = { column: 'rank', descending: false };

export function readSort(query: URLSearchParams): Sort {
  const text = query.get('sort') ?? '';
  const column = columns.find((each) => each === text.replace(/^-/, ''));
  return column ? { column, descending: text.startsWith('-') } : byRank;
}

export function writeSort({ column, descending }: Sort): string {
  return column === 'rank' ? '' : `${descending ? '-' : ''}${column}`;
}

/** The columns to show, as the address names them. Number and title are always there. */
export function readColumns(query: URLSearchParams): readonly Column[] {
  const text = query.get('columns');
  if (text === null) return firstColumns;
  const named = text.split(',');
  return columns.filter((column) => column === 'number' || column === 'title' || named.includes(column));
}

export type Orders = {
  /** Where a status, milestone or sprint stands among its like, by id. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly milestones: ReadonlyMap<string, number>;
  readonly sprints: ReadonlyMap<string, number>;
};

type Value = string | number | null | undefined;

/** The cards in order. Equal ones keep the order of the board. */
export function sortCards(cards: readonly Card[], { column, descending }: Sort, orders: Orders): Card[] {
  const ranked = cards.toSorted((a, b) => compare(a.rank, b.rank));
  if (column === 'rank') return ranked;
  const worthOf = (card: Card): Value => valueIn(column, card, orders);
  return ranked.toSorted((a, b) => {
    const [first, second] = [worthOf(a) ?? null, worthOf(b) ?? null];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return descending ? compare(second, first) : compare(first, second);
  });
}

function valueIn(column: Column, card: Card, orders: Orders): Value {
  switch (column) {
    case 'number':
      return card.number;
    case 'title':
      return card.title.toLocaleLowerCase();
    case 'status':
      return orders.statuses.get(card.statusId);
    case 'priority':
      return card.priority;
    case 'people':
      return card.assignees[0]?.name.toLocaleLowerCase();
    case 'due':
      return card.dueOn;
    case 'type':
      return card.type;
    case 'effort':
      return card.effort;
    case 'tags':
      return card.tags[0]?.name.toLocaleLowerCase();
    case 'milestone':
      return card.milestoneId === null ? null : orders.milestones.get(card.milestoneId);
    case 'sprint':
      return card.sprintId === null ? null : orders.sprints.get(card.sprintId);
    case 'work':
      return card.workStartOn;
    case 'planned':
      return card.plannedHours;
    case 'remaining':
      return card.remainingHours;
    case 'subtasks':
      return card.subtasks.total === 0 ? null : card.subtasks.done / card.subtasks.total;
  }
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export type Sums = {
  readonly count: number;
  /** How many of them are subtasks: each counts with its own numbers, beside its whole. */
  readonly parts: number;
  readonly planned: number;
  readonly remaining: number;
  readonly effort: number;
};

export function sumsOf(cards: readonly Card[]): Sums {
  const sum = (of: (card: Card) => number | null): number =>
    Math.round(cards.reduce((total, card) => total + (of(card) ?? 0), 0) * 100) / 100;
  return {
    count: cards.length,
    parts: cards.filter(({ parentNumber }) => parentNumber !== null).length,
    planned: sum(({ plannedHours }) => plannedHours),
    remaining: sum(({ remainingHours }) => remainingHours),
    effort: sum(({ effort }) => effort),
  };
}
