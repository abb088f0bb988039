/**
 * Which cards of a project are shown. The filter lives in the address of the page, so a link shows the same and the
 * browser's history works; this file reads and writes it, and applies it. Pure.
 */
import { beginningOf } from '../../../wire/beginning.ts';
import { addDays, type Day, endOfWeek } from '../../../wire/days.ts';
import { fold } from '../../../wire/fold.ts';
import { type Card, type Priority, priorities, type ToDoType, toDoTypes } from '../../../wire/to-do.ts';

export const dueFilters = ['overdue', 'today', 'week', 'fortnight', 'none'] as const;
export type DueFilter = (typeof dueFilters)[number];

/** Stands for "none" among ids: nobody, no milestone, no sprint, no tag. */
export const nothing = '-';

export type Filter = {
  /** Words that all stand in the title or the number. */
  readonly text: string;
  /** Any of these people; `-` for nobody. */
  readonly people: readonly string[];
  readonly tags: readonly string[];
  readonly types: readonly ToDoType[];
  readonly priorities: readonly Priority[];
  readonly milestones: readonly string[];
  readonly sprints: readonly string[];
  readonly due: DueFilter | null;
  /** Nothing that is a part of another. */
  readonly hidesSubtasks: boolean;
};

export const noFilter: Filter = {
  text: '',
  people: [],
  tags: [],
  types: [],
  priorities: [],
  milestones: [],
  sprints: [],
  due: null,
  hidesSubtasks: false,
};

const listMax = 20;
const textMax = 200;

/** Reads the filter from an address; what is no value of a field counts for nothing. */
export function readFilter(query: URLSearchParams): Filter {
  const list = (name: string): string[] => (query.get(name)?.split(',') ?? []).filter(Boolean).slice(0, listMax);
  const due = query.get('due');
  return {
    text: beginningOf(query.get('q') ?? '', textMax),
    people: list('who'),
    tags: list('tag'),
    types: toDoTypes.filter((type) => list('type').includes(type)),
    priorities: priorities.filter((priority) => list('priority').includes(String(priority))),
    milestones: list('milestone'),
    sprints: list('sprint'),
    due: dueFilters.find((each) => each === due) ?? null,
    hidesSubtasks: hidesSubtasks(query),
  };
}

/** The query with the filter in it; everything else in the query stays. */
export function writeFilter(query: URLSearchParams, filter: Filter): URLSearchParams {
  const next = new URLSearchParams(query);
  const write = (name: string, value: string): void => (value === '' ? next.delete(name) : next.set(name, value));
  write('q', filter.text);
  write('who', filter.people.join(','));
  write('tag', filter.tags.join(','));
  write('type', filter.types.join(','));
  write('priority', filter.priorities.join(','));
  write('milestone', filter.milestones.join(','));
  write('sprint', filter.sprints.join(','));
  write('due', filter.due ?? '');
  write(...subtasksAs(filter.hidesSubtasks));
  return next;
}

export const hidesSubtasks = (query: URLSearchParams): boolean => query.get('subtasks') === 'hidden';
/** How an address says it. */
export const subtasksAs = (hides: boolean): [name: string, value: string] => ['subtasks', hides ? 'hidden' : ''];

export function isFiltering(filter: Filter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(noFilter);
}

/** Whether a card passes. Fields are joined by "and", the values of a field by "or". */
export function passes(filter: Filter, today: Day, firstWeekday = 1): (card: Card) => boolean {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  return (card) =>
    words.every((word) => fold(`${card.projectKey}-${card.number} ${card.title}`).includes(word)) &&
    meets(
      filter.people,
      card.assignees.map(({ id }) => id),
    ) &&
    meets(
      filter.tags,
      card.tags.map(({ id }) => id),
    ) &&
    meets(filter.types, [card.type]) &&
    meets(filter.priorities.map(String), card.priority === null ? [] : [String(card.priority)]) &&
    meets(filter.milestones, card.milestoneId === null ? [] : [card.milestoneId]) &&
    meets(filter.sprints, card.sprintId === null ? [] : [card.sprintId]) &&
    !(filter.hidesSubtasks && card.parentNumber !== null) &&
    (filter.due === null || isDue(filter.due, card.dueOn, today, firstWeekday));
}

function meets(wanted: readonly string[], values: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  return values.length === 0 ? wanted.includes(nothing) : values.some((value) => wanted.includes(value));
}

function isDue(due: DueFilter, day: Day | null, today: Day, firstWeekday: number): boolean {
  if (due === 'none') return day === null;
  if (day === null) return false;
  switch (due) {
    case 'overdue':
      return day < today;
    case 'today':
      return day === today;
    case 'week':
      return day <= endOfWeek(today, firstWeekday);
    case 'fortnight':
      return day <= addDays(today, 14);
  }
}
