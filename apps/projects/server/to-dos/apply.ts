/**
 * Changes one to-do as a request says: what differs from what is there becomes a change, and only that is written. When the
 * request was made on an older version, what others changed meanwhile stays, unless it is the same field. The caller holds
 * the project and has asked the policy.
 */
import type { ChangeKind } from '../../wire/change.ts';
import { asDoc } from '../../wire/rich-text.ts';
import type { EditToDoRequest } from '../../wire/to-do.ts';
import { changedMeanwhile, invalid, isRefusal, type Refusal } from '../api/refusal.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listStatuses } from '../projects/queries.ts';
import type { ProjectTables } from '../projects/schema.ts';
import { writeTags } from '../tags/commands.ts';
import { planBlockers, writeBlockers } from './blockers.ts';
import { docOf, keepText } from './description.ts';
import { asText, idsOf, plainFields } from './fields.ts';
import { addHistory, type Change, fieldsChangedSince } from './history.ts';
import { type ListWish, planLists } from './lists.ts';
import { nameMentioned } from './mentions.ts';
import { findParent } from './parent.ts';
import { beginWatching, writeAssignees } from './people.ts';
import { refuseStrangePlace } from './plan-place.ts';
import type { ToDoRow } from './present.ts';
import { rankAtTop } from './rank.ts';
import { recordToDo, tellChanges } from './record.ts';

export type StatusRow = ProjectTables['project_statuses'];
/** What shall be so, whatever version it was asked on. */
export type Wish = Omit<EditToDoRequest, 'version'> & ListWish;
/** The row as it is now, and what of it the act changed. */
export type Applied = { readonly row: ToDoRow; readonly changes: readonly Change[] };

export async function applyWish(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  row: ToDoRow,
  wish: Wish,
  act: { readonly changeId: string; readonly onVersion: number },
): Promise<Applied | Refusal> {
  const next: ToDoRow = { ...row };
  const changes: Change[] = [];
  const refusal =
    planPlain(row, wish, next, changes) ??
    (await planDescription(trx, project, row, wish, next, changes)) ??
    (await refuseStrangePlace(trx, project, { milestoneId: wish.milestoneId, sprintId: wish.sprintId })) ??
    (await planStatus(workspace, trx, project, row, wish, next, changes)) ??
    (await planParent(trx, project, row, wish, next, changes)) ??
    (await planLists(workspace, trx, project, row.id, wish, changes)) ??
    (await planBlockers(trx, project, row.id, wish.blockedBy, changes));
  if (refusal) return refusal;
  if (changes.length === 0) return { row, changes };
  if (act.onVersion !== row.version) {
    const changedByOthers = await fieldsChangedSince(trx, row.id, act.onVersion);
    if (act.onVersion > row.version || changes.some(({ field }) => changedByOthers.has(field)))
      return changedMeanwhile('to-do');
  }
  for (const { field, to } of changes) {
    if (field === 'assignees') await writeAssignees(trx, row.id, idsOf(to));
    if (field === 'tags') await writeTags(trx, row.id, idsOf(to));
    if (field === 'blockers') await writeBlockers(trx, row.id, idsOf(to));
  }
  const written = await writeRow(workspace, trx, viewer, row, { set: next, changes }, { ...act, kind: 'toDo.changed' });
  return { row: written, changes };
}

function planPlain(row: ToDoRow, wish: Wish, next: ToDoRow, changes: Change[]): Refusal | undefined {
  for (const { key, column, history } of plainFields) {
    const wanted = wish[key];
    if (wanted === undefined || wanted === row[column]) continue;
    changes.push({ field: history, from: asText(row[column]), to: asText(wanted) });
    Object.assign(next, { [column]: wanted });
  }
  const { work_start_on: start, work_end_on: end } = next;
  const turnedRound = start !== null && end !== null && end < start;
  if (turnedRound && changes.some(({ field }) => field === 'workStart' || field === 'workEnd'))
    return invalid([{ path: 'workEndOn', message: 'Work cannot end before it starts.' }]);
  return undefined;
}

async function planDescription(
  trx: Executor,
  project: SeenProject,
  row: ToDoRow,
  wish: Wish,
  next: ToDoRow,
  changes: Change[],
): Promise<Refusal | undefined> {
  if (wish.description === undefined) return undefined;
  const before = docOf(row);
  const after = await nameMentioned(trx, project, before, asDoc(wish.description), 'description');
  if (isRefusal(after)) return after;
  const [from, to] = [JSON.stringify(before), JSON.stringify(after.doc)];
  if (from === to) return undefined;
  await beginWatching(trx, row.id, after.mentionedIds);
  changes.push({ field: 'description', from, to });
  Object.assign(next, keepText(after.doc));
  return undefined;
}

async function planStatus(
  workspace: Workspace,
  trx: Executor,
  project: SeenProject,
  row: ToDoRow,
  wish: Wish,
  next: ToDoRow,
  changes: Change[],
): Promise<Refusal | undefined> {
  if (wish.statusId === undefined || wish.statusId === row.status_id) return undefined;
  const status = await findStatus(trx, project, wish.statusId);
  if (!status) return unknownStatus();
  const place = { projectId: project.row.id, toDoId: row.id, statusId: status.id };
  changes.push({ field: 'status', from: row.status_id, to: status.id });
  next.status_id = status.id;
  next.completed_at = completedAt(workspace, row, status);
  // A part that is ticked keeps its place among the parts.
  if (row.parent_id === null) next.rank = (await rankAtTop(trx, place)) ?? row.rank;
  return undefined;
}

async function planParent(
  trx: Executor,
  project: SeenProject,
  row: ToDoRow,
  wish: Wish,
  next: ToDoRow,
  changes: Change[],
): Promise<Refusal | undefined> {
  if (wish.parentNumber === undefined) return undefined;
  const parent = wish.parentNumber === null ? { id: null } : await findParent(trx, project, row.id, wish.parentNumber);
  if (isRefusal(parent)) return parent;
  if (parent.id === row.parent_id) return undefined;
  changes.push({ field: 'parent', from: row.parent_id, to: parent.id });
  next.parent_id = parent.id;
  return undefined;
}

/**
 * Writes the row as the next version of itself, with its lines of history and of the change record. Of what is to be set only
 * what differs is written: SQLite writes every index of a column that is set, also to what it was.
 */
export async function writeRow(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  row: ToDoRow,
  { set, changes }: { readonly set: Partial<ToDoRow>; readonly changes: readonly Change[] },
  act: { readonly changeId: string; readonly kind: ChangeKind },
): Promise<ToDoRow> {
  const version = row.version + 1;
  const differing = Object.entries(set).filter(([column, value]) => value !== row[column as keyof ToDoRow]);
  const written = await trx
    .updateTable('to_dos')
    .set({ ...Object.fromEntries(differing), version, updated_at: workspace.now() })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const lines = changes.map((change) => ({ ...change, toDoId: row.id, version }));
  await addHistory(workspace, trx, viewer, lines, act.changeId);
  await recordToDo(workspace, trx, viewer, written, act.kind, await tellChanges(trx, written, changes));
  return written;
}

export async function findStatus(
  trx: Executor,
  project: SeenProject,
  statusId: string,
): Promise<StatusRow | undefined> {
  const statuses = await listStatuses(trx, project.row.id);
  return statuses.find(({ id }) => id === statusId);
}

export function unknownStatus(): Refusal {
  return invalid([{ path: 'statusId', message: 'This project has no such status.' }]);
}

/** Moving within done keeps the first time; leaving done forgets it. */
export function completedAt(workspace: Workspace, row: ToDoRow, status: StatusRow): number | null {
  if (status.report_type !== 'done') return null;
  return row.completed_at ?? workspace.now();
}
