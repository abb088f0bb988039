/**
 * Cards in groups: swimlanes of the board, sections of list and table. Pure. A card stands in exactly one lane; one that
 * has several people or tags stands in a lane of its own kind, so that nothing is counted twice. A card of a place that
 * is not known, because it is gone or not loaded yet, stands with those that have none: no card is ever left out.
 */
import { type Day, dueGroupOf, dueGroups } from '../../../wire/days.ts';
import type { ViewPage } from '../../../wire/saved-view.ts';
import { type Card, efforts, type LaneChange, priorities, toDoTypes } from '../../../wire/to-do.ts';

export const groupings = [
  'none',
  'status',
  'parent',
  'priority',
  'person',
  'milestone',
  'sprint',
  'type',
  'effort',
  'tag',
  'due',
] as const;
export type Grouping = (typeof groupings)[number];

/** The columns of the board are the statuses already, and the list is never without groups. */
const absent: Readonly<Record<ViewPage, readonly Grouping[]>> = {
  board: ['status', 'parent'],
  list: ['none'],
  table: [],
};

export function groupingsOn(page: ViewPage): readonly Grouping[] {
  return groupings.filter((grouping) => !absent[page].includes(grouping));
}

/** What a page begins with. */
export function usualGrouping(page: ViewPage): Grouping {
  return page === 'list' ? 'status' : 'none';
}

export type Lane = {
  readonly id: string;
  /** What the lane is of: the value of its field, null for the lane of those without. */
  readonly value: string | number | null;
  readonly cards: readonly Card[];
  /** What putting a card into the lane changes of it; undefined where a lane is no value, as "overdue". */
  readonly change: LaneChange | undefined;
};

/** What lanes exist even when empty, in their order. */
export type LanePlaces = {
  readonly statuses: readonly { readonly id: string }[];
  /** To-dos that have subtasks, by their number. */
  readonly wholes: readonly { readonly id: string }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly milestones: readonly { readonly id: string }[];
  readonly sprints: readonly { readonly id: string }[];
  readonly tags: readonly { readonly id: string; readonly name: string }[];
};

const several = 'several';
const none = String(null);

type Shape = { readonly id: string; readonly value: string | number | null; readonly change: LaneChange | undefined };

/** The lanes of a grouping in their order; those that are empty and not worth a place are left out. */
export function lanesOf(
  grouping: Grouping,
  cards: readonly Card[],
  places: LanePlaces,
  today: Day,
  firstWeekday = 1,
): Lane[] {
  if (grouping === 'none') return [{ id: 'all', value: null, cards, change: {} }];
  const shapes = shapesOf(grouping, places);
  const known = new Set(shapes.map(({ id }) => id));
  const byLane = Map.groupBy(cards, (card) => {
    const id = laneOf(grouping, card, today, firstWeekday);
    return known.has(id) ? id : none;
  });
  return shapes
    .map((shape) => ({ ...shape, cards: byLane.get(shape.id) ?? [] }))
    .filter((lane) => lane.cards.length > 0 || isKept(grouping, lane));
}

/** A few fixed lanes stay while empty, so that a card can be dropped there; lists that may be long do not. */
function isKept(grouping: Grouping, lane: Lane): boolean {
  return (grouping === 'priority' || grouping === 'milestone' || grouping === 'sprint') && lane.change !== undefined;
}

function laneOf(grouping: Exclude<Grouping, 'none'>, card: Card, today: Day, firstWeekday: number): string {
  switch (grouping) {
    case 'status':
      return card.statusId;
    case 'parent':
      // A whole stands with its parts.
      return String(card.parentNumber ?? (card.subtasks.total > 0 ? card.number : null));
    case 'priority':
      return String(card.priority);
    case 'effort':
      return String(card.effort);
    case 'type':
      return card.type;
    case 'milestone':
      return String(card.milestoneId);
    case 'sprint':
      return String(card.sprintId);
    case 'due':
      return dueGroupOf(card.dueOn, today, firstWeekday);
    case 'person':
      return oneOf(card.assignees.map(({ id }) => id));
    case 'tag':
      return oneOf(card.tags.map(({ id }) => id));
  }
}

function oneOf(ids: readonly string[]): string {
  return ids.length > 1 ? several : String(ids[0] ?? null);
}

function shapesOf(grouping: Exclude<Grouping, 'none'>, places: LanePlaces): Shape[] {
  const shape = (value: string | number | null, change: LaneChange | undefined): Shape => ({
    id: String(value),
    value,
    change,
  });
  const severalLane: Shape = { id: several, value: several, change: undefined };
  const { people, milestones, sprints, tags } = places;
  switch (grouping) {
    case 'status':
      return [...places.statuses.map(({ id }) => shape(id, undefined)), shape(null, undefined)];
    case 'parent':
      return [...places.wholes.map(({ id }) => shape(id, undefined)), shape(null, undefined)];
    case 'priority':
      return [...priorities, null].map((priority) => shape(priority, { priority }));
    case 'effort':
      return [...efforts, null].map((effort) => shape(effort, { effort }));
    case 'type':
      return toDoTypes.map((type) => shape(type, { type }));
    case 'milestone':
      return [...milestones.map(({ id }) => id), null].map((id) => shape(id, { milestoneId: id }));
    case 'sprint':
      return [...sprints.map(({ id }) => id), null].map((id) => shape(id, { sprintId: id }));
    case 'due':
      return dueGroups.map((group) => shape(group, group === 'none' ? { dueOn: null } : undefined));
    case 'person':
      return [
        ...people.map(({ id }) => shape(id, { assigneeIds: [id] })),
        severalLane,
        shape(null, { assigneeIds: [] }),
      ];
    case 'tag':
      return [...tags.map(({ id, name }) => shape(id, { tags: [name] })), severalLane, shape(null, { tags: [] })];
  }
}
