/** Rows of to-dos as the API shows them. Pure: names come in as maps, a name that is gone is said to be gone. */

import { former } from '../../wire/former.ts';
import type { PersonRef } from '../../wire/me.ts';
import { plainText } from '../../wire/rich-text.ts';
import type { Card, HistoryEntry, PartRef, ToDo, ToDoRef } from '../../wire/to-do.ts';
import { can, type ProjectFacts, type Viewer } from '../projects/policy.ts';
import type { CardParts } from './card-parts.ts';
import { docOf, parseDoc } from './description.ts';
import { type Change, excerptsOf } from './excerpt.ts';
import { idsOf } from './fields.ts';
import type { ToDoTables } from './schema.ts';

export type CardRow = Pick<
  ToDoTables['to_dos'],
  | 'id'
  | 'number'
  | 'title'
  | 'status_id'
  | 'due_on'
  | 'priority'
  | 'type'
  | 'effort'
  | 'milestone_id'
  | 'sprint_id'
  | 'parent_id'
  | 'work_start_on'
  | 'work_end_on'
  | 'planned_hours'
  | 'remaining_hours'
  | 'rank'
  | 'version'
>;
export type ToDoRow = ToDoTables['to_dos'];
export type RefRow = Pick<ToDoRow, 'number' | 'title' | 'status_id' | 'completed_at'>;
type PartRow = RefRow & Pick<ToDoRow, 'due_on'> & Pick<CardParts, 'assignees'>;
/** What stands around a to-do. */
export type Around = {
  readonly parent: RefRow | null;
  readonly parts: readonly PartRow[];
  readonly blockedBy: readonly RefRow[];
  readonly blocks: readonly RefRow[];
  readonly watchers: readonly PersonRef[];
};
export type HistoryRow = ToDoTables['to_do_history'];
export type Names = {
  /** Of the projects it has been in, those that the viewer may see. */
  readonly projectKeys: ReadonlySet<string>;
  readonly people: ReadonlyMap<string, string>;
  readonly statuses: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly milestones: ReadonlyMap<string, string>;
  readonly sprints: ReadonlyMap<string, string>;
  readonly toDos: ReadonlyMap<string, string>;
};

export function presentCard(projectKey: string, row: CardRow, parts: CardParts): Card {
  return {
    projectKey,
    number: row.number,
    title: row.title,
    statusId: row.status_id,
    dueOn: row.due_on,
    priority: row.priority,
    type: row.type,
    effort: row.effort,
    milestoneId: row.milestone_id,
    sprintId: row.sprint_id,
    workStartOn: row.work_start_on,
    workEndOn: row.work_end_on,
    plannedHours: row.planned_hours,
    remainingHours: row.remaining_hours,
    ...parts,
    rank: row.rank,
    version: row.version,
  };
}

export function presentToDo(
  viewer: Viewer,
  project: { readonly key: string; readonly facts: ProjectFacts },
  row: ToDoRow,
  parts: CardParts,
  around: Around,
  history: readonly HistoryRow[],
  names: Names,
): ToDo {
  return {
    ...presentCard(project.key, row, parts),
    description: docOf(row),
    parent: around.parent && presentRef(around.parent),
    parts: around.parts.map(presentPart),
    blockedBy: around.blockedBy.map(presentRef),
    blocks: around.blocks.map(presentRef),
    watching: around.watchers.some(({ id }) => id === viewer.id),
    watchers: around.watchers,
    createdBy: presentPerson(names, row.created_by),
    createdAt: presentTime(row.created_at),
    updatedAt: presentTime(row.updated_at),
    completedAt: row.completed_at === null ? null : presentTime(row.completed_at),
    history: history.map((entry) => presentHistory(entry, names)),
    may: {
      edit: can(viewer, 'toDo.edit', project.facts),
      delete: can(viewer, 'toDo.delete', project.facts),
      watch: can(viewer, 'toDo.watch', project.facts),
      comment: can(viewer, 'comment.create', project.facts),
    },
  };
}

function presentHistory(row: HistoryRow, names: Names): HistoryEntry {
  return {
    id: row.id,
    changeId: row.change_id,
    field: row.field,
    ...presentChange(row, names),
    by: presentPerson(names, row.person_id),
    at: presentTime(row.at),
  };
}

function presentChange(row: HistoryRow, names: Names): Change {
  const change = { from: presentValue(row, row.old_value, names), to: presentValue(row, row.new_value, names) };
  return row.field === 'description' ? excerptsOf(change) : change;
}

/** Of `WEB-42`. */
export const projectKeyOf = (address: string): string => address.split('-')[0] ?? '';

function presentValue(row: HistoryRow, value: string | null, names: Names): string | null {
  if (value === null) return null;
  switch (row.field) {
    case 'description':
      return plainText(parseDoc(value));
    case 'status':
      return names.statuses.get(value) ?? former.status;
    case 'assignees':
      return idsOf(value)
        .map((id) => presentPerson(names, id).name)
        .join(', ');
    case 'tags':
      return idsOf(value)
        .map((id) => names.tags.get(id) ?? former.tag)
        .join(', ');
    case 'project':
      return names.projectKeys.has(projectKeyOf(value)) ? value : null;
    case 'milestone':
      return names.milestones.get(value) ?? former.milestone;
    case 'sprint':
      return names.sprints.get(value) ?? former.sprint;
    case 'parent':
      return names.toDos.get(value) ?? former.toDo;
    case 'blockers':
      return idsOf(value)
        .map((id) => names.toDos.get(id) ?? former.toDo)
        .join(', ');
    default:
      return value;
  }
}

function presentRef(row: RefRow): ToDoRef {
  return { number: row.number, title: row.title, statusId: row.status_id, done: row.completed_at !== null };
}

function presentPart(row: PartRow): PartRef {
  return { ...presentRef(row), dueOn: row.due_on, assignees: row.assignees };
}

function presentPerson(names: Names, id: string): PersonRef {
  return { id, name: names.people.get(id) ?? 'Somebody who left' };
}

function presentTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
