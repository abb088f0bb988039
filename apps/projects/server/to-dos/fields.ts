/**
 * The fields of a to-do that are one value in one column, once for editing, history and undoing. Fields that are lists or
 * rules of their own (description, people, tags, status, parent, blockers) are not here. Pure.
 */
import type { HistoryField } from '../../wire/to-do.ts';
import type { ToDoTables } from './schema.ts';

type ToDoRow = ToDoTables['to_dos'];

type Field = {
  /** Its name in a request. */
  readonly key: string;
  readonly column: keyof ToDoRow;
  readonly history: HistoryField;
  readonly kind: 'text' | 'number';
};

export const plainFields = [
  { key: 'title', column: 'title', history: 'title', kind: 'text' },
  { key: 'dueOn', column: 'due_on', history: 'due', kind: 'text' },
  { key: 'priority', column: 'priority', history: 'priority', kind: 'number' },
  { key: 'type', column: 'type', history: 'type', kind: 'text' },
  { key: 'effort', column: 'effort', history: 'effort', kind: 'number' },
  { key: 'milestoneId', column: 'milestone_id', history: 'milestone', kind: 'text' },
  { key: 'sprintId', column: 'sprint_id', history: 'sprint', kind: 'text' },
  { key: 'workStartOn', column: 'work_start_on', history: 'workStart', kind: 'text' },
  { key: 'workEndOn', column: 'work_end_on', history: 'workEnd', kind: 'text' },
  { key: 'plannedHours', column: 'planned_hours', history: 'plannedHours', kind: 'number' },
  { key: 'remainingHours', column: 'remaining_hours', history: 'remainingHours', kind: 'number' },
] as const satisfies readonly Field[];

export type PlainKey = (typeof plainFields)[number]['key'];

/** A value as history keeps it. */
export function asText(value: string | number | null): string | null {
  return value === null ? null : String(value);
}

/** A list as history keeps it: null when it is empty. */
export function asList(ids: readonly string[]): string | null {
  return ids.length === 0 ? null : JSON.stringify(ids);
}

/** The ids in a list that history kept. */
export function idsOf(value: string | null): string[] {
  if (value === null) return [];
  const ids: unknown = JSON.parse(value);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
