/** Rows of to-dos as the API shows them. Pure: names come in as maps, a name that is gone is said to be gone. */
import type { PersonRef } from '../../wire/me.ts';
import type { Card, HistoryEntry, Priority, ToDo } from '../../wire/to-do.ts';
import { priorityNames } from '../../wire/to-do.ts';
import { can, type ProjectFacts, type Viewer } from '../projects/policy.ts';
import type { ToDoTables } from './schema.ts';

export type CardRow = Pick<
  ToDoTables['to_dos'],
  'id' | 'number' | 'title' | 'status_id' | 'due_on' | 'priority' | 'rank' | 'version'
>;
export type ToDoRow = ToDoTables['to_dos'];
export type HistoryRow = ToDoTables['to_do_history'];
export type Names = {
  readonly people: ReadonlyMap<string, string>;
  readonly statuses: ReadonlyMap<string, string>;
};

export function presentCard(projectKey: string, row: CardRow, assignees: readonly PersonRef[]): Card {
  return {
    projectKey,
    number: row.number,
    title: row.title,
    statusId: row.status_id,
    dueOn: row.due_on,
    priority: row.priority,
    assignees,
    rank: row.rank,
    version: row.version,
  };
}

export function presentToDo(
  viewer: Viewer,
  project: { readonly key: string; readonly facts: ProjectFacts },
  row: ToDoRow,
  assignees: readonly PersonRef[],
  history: readonly HistoryRow[],
  names: Names,
): ToDo {
  return {
    ...presentCard(project.key, row, assignees),
    description: row.description,
    createdBy: presentPerson(names, row.created_by),
    createdAt: presentTime(row.created_at),
    updatedAt: presentTime(row.updated_at),
    completedAt: row.completed_at === null ? null : presentTime(row.completed_at),
    history: history.map((entry) => presentHistory(entry, names)),
    may: { edit: can(viewer, 'toDo.edit', project.facts), delete: can(viewer, 'toDo.delete', project.facts) },
  };
}

function presentHistory(row: HistoryRow, names: Names): HistoryEntry {
  return {
    field: row.field,
    from: presentValue(row, row.old_value, names),
    to: presentValue(row, row.new_value, names),
    by: presentPerson(names, row.person_id),
    at: presentTime(row.at),
  };
}

function presentValue(row: HistoryRow, value: string | null, names: Names): string | null {
  if (value === null) return null;
  switch (row.field) {
    case 'description':
      return null;
    case 'status':
      return names.statuses.get(value) ?? 'a former status';
    case 'priority':
      return priorityNames[Number(value) as Priority] ?? value;
    case 'assignees':
      return assigneeIdsOf(value)
        .map((id) => presentPerson(names, id).name)
        .join(', ');
    default:
      return value;
  }
}

/** The people in a stored value of the field `assignees`. */
export function assigneeIdsOf(value: string): string[] {
  const ids: unknown = JSON.parse(value);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

function presentPerson(names: Names, id: string): PersonRef {
  return { id, name: names.people.get(id) ?? 'Somebody who left' };
}

function presentTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
