/**
 * Makes, changes, moves and deletes to-dos. Each command is one transaction that first holds the project's row, so that
 * numbers and ranks are given out one after another; whether the viewer may is asked first.
 */
import type { CreateToDoRequest, EditToDoRequest, MoveToDoRequest } from '../../wire/to-do.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { type Executor, locking, type Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listAssignable, listStatuses } from '../projects/queries.ts';
import type { ProjectTables } from '../projects/schema.ts';
import { addHistory, type Change } from './history.ts';
import type { CardRow, ToDoRow } from './present.ts';
import { findToDo } from './queries.ts';
import { rankAfter, rankAtEnd, rankAtTop } from './rank.ts';
import { recordToDo, tellChanges } from './record.ts';

type StatusRow = ProjectTables['project_statuses'];

/** Makes a to-do. The same creation key again answers with the to-do that it made the first time. */
export async function createToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: CreateToDoRequest,
): Promise<CardRow | Refusal> {
  const refusal = refuse(viewer, 'toDo.create', project.facts);
  if (refusal) return refusal;
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const made = await findByCreationKey(trx, viewer, project, request.creationKey);
    if (made) return made;
    const statuses = await listStatuses(trx, project.row.id);
    const status = request.statusId ? statuses.find(({ id }) => id === request.statusId) : statuses[0];
    if (!status) return unknownStatus();
    const assigneeIds = [...new Set(request.assigneeIds ?? [])];
    const stranger = await refuseStrangers(trx, project, assigneeIds);
    if (stranger) return stranger;
    const now = workspace.now();
    const row: ToDoRow = {
      id: workspace.newId(),
      project_id: project.row.id,
      number: await takeNumber(trx, project),
      title: request.title,
      description: request.description ?? '',
      status_id: status.id,
      due_on: request.dueOn ?? null,
      priority: request.priority ?? null,
      rank: await rankAtEnd(trx, project.row.id),
      version: 1,
      created_by: viewer.id,
      creation_key: request.creationKey,
      created_at: now,
      updated_at: now,
      completed_at: status.report_type === 'done' ? now : null,
    };
    await trx.insertInto('to_dos').values(row).execute();
    await writeAssignees(trx, row.id, assigneeIds);
    await addHistory(workspace, trx, viewer, row.id, [{ field: 'created', from: null, to: row.title }]);
    await recordToDo(workspace, trx, viewer, row, 'toDo.created', {
      ...(assigneeIds.length > 0 && { assignedIds: assigneeIds }),
    });
    return row;
  });
}

/** Changes what is named in the request, if nobody changed the to-do since the version the request was made on. */
export async function editToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  request: EditToDoRequest,
): Promise<ToDoRow | Refusal> {
  const refusal = refuse(viewer, 'toDo.edit', project.facts);
  if (refusal) return refusal;
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    if (row.version !== request.version) return changedMeanwhile('to-do');

    const changes: Change[] = [];
    const next = { ...row };
    if (request.title !== undefined && request.title !== row.title) {
      changes.push({ field: 'title', from: row.title, to: request.title });
      next.title = request.title;
    }
    if (request.description !== undefined && request.description !== row.description) {
      changes.push({ field: 'description', from: row.description, to: request.description });
      next.description = request.description;
    }
    if (request.dueOn !== undefined && request.dueOn !== row.due_on) {
      changes.push({ field: 'due', from: row.due_on, to: request.dueOn });
      next.due_on = request.dueOn;
    }
    if (request.priority !== undefined && request.priority !== row.priority) {
      changes.push({ field: 'priority', from: asText(row.priority), to: asText(request.priority) });
      next.priority = request.priority;
    }
    if (request.statusId !== undefined && request.statusId !== row.status_id) {
      const status = await findStatus(trx, project, request.statusId);
      if (!status) return unknownStatus();
      const place = { projectId: project.row.id, toDoId: row.id, statusId: status.id };
      changes.push({ field: 'status', from: row.status_id, to: status.id });
      next.status_id = status.id;
      next.completed_at = completedAt(workspace, row, status);
      next.rank = (await rankAtTop(trx, place)) ?? row.rank;
    }
    if (request.assigneeIds !== undefined) {
      const change = await changeAssignees(trx, project, row, request.assigneeIds);
      if (change && 'refused' in change) return change;
      if (change) changes.push(change);
    }
    if (changes.length === 0) return row;
    return writeRow(workspace, trx, viewer, next, changes, 'toDo.changed');
  });
}

/** Moves one card: writes that card's row and, when it changed column, one line of its history. The last mover wins. */
export async function moveToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  request: MoveToDoRequest,
): Promise<ToDoRow | Refusal> {
  const refusal = refuse(viewer, 'toDo.edit', project.facts);
  if (refusal) return refusal;
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    const status = await findStatus(trx, project, request.statusId);
    if (!status) return unknownStatus();
    const place = { projectId: project.row.id, toDoId: row.id, statusId: status.id };
    const rank =
      request.afterNumber === null
        ? ((await rankAtTop(trx, place)) ?? row.rank)
        : await rankAfter(trx, place, request.afterNumber);
    const changes: Change[] =
      status.id === row.status_id ? [] : [{ field: 'status', from: row.status_id, to: status.id }];
    const next = { ...row, status_id: status.id, rank, completed_at: completedAt(workspace, row, status) };
    return writeRow(workspace, trx, viewer, next, changes, 'toDo.moved');
  });
}

/** Deletes for good, if nobody changed the to-do since the version that was confirmed. */
export async function deleteToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  version: number,
): Promise<{ done: true } | Refusal> {
  const refusal = refuse(viewer, 'toDo.delete', project.facts);
  if (refusal) return refusal;
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    if (row.version !== version) return changedMeanwhile('to-do');
    await trx.deleteFrom('to_dos').where('id', '=', row.id).execute();
    await recordToDo(workspace, trx, viewer, row, 'toDo.purged', {});
    return { done: true };
  });
}

async function holdProject(workspace: Workspace, trx: Executor, project: SeenProject): Promise<void> {
  const row = trx.selectFrom('projects').select('id').where('id', '=', project.row.id);
  await locking(workspace, row).execute();
}

async function takeNumber(trx: Executor, project: SeenProject): Promise<number> {
  const { next_number } = await trx
    .updateTable('projects')
    .set((set) => ({ next_number: set('next_number', '+', 1) }))
    .where('id', '=', project.row.id)
    .returning('next_number')
    .executeTakeFirstOrThrow();
  return next_number - 1;
}

async function findByCreationKey(
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  creationKey: string,
): Promise<ToDoRow | undefined> {
  return trx
    .selectFrom('to_dos')
    .selectAll()
    .where('project_id', '=', project.row.id)
    .where('created_by', '=', viewer.id)
    .where('creation_key', '=', creationKey)
    .executeTakeFirst();
}

async function findStatus(trx: Executor, project: SeenProject, statusId: string): Promise<StatusRow | undefined> {
  const statuses = await listStatuses(trx, project.row.id);
  return statuses.find(({ id }) => id === statusId);
}

function unknownStatus(): Refusal {
  return invalid([{ path: 'statusId', message: 'This project has no such status.' }]);
}

async function refuseStrangers(
  trx: Executor,
  project: SeenProject,
  assigneeIds: readonly string[],
): Promise<Refusal | undefined> {
  if (assigneeIds.length === 0) return undefined;
  const assignable = new Set((await listAssignable(trx, project.row)).map(({ id }) => id));
  if (assigneeIds.every((id) => assignable.has(id))) return undefined;
  return invalid([{ path: 'assigneeIds', message: 'Somebody named here cannot see this project.' }]);
}

async function changeAssignees(
  trx: Executor,
  project: SeenProject,
  row: ToDoRow,
  wanted: readonly string[],
): Promise<Change | Refusal | undefined> {
  const rows = await trx.selectFrom('to_do_assignees').select('person_id').where('to_do_id', '=', row.id).execute();
  const before = rows.map(({ person_id }) => person_id).sort();
  const after = [...new Set(wanted)].sort();
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const added = after.filter((id) => !before.includes(id));
  const refusal = await refuseStrangers(trx, project, added);
  if (refusal && isRefusal(refusal)) return refusal;
  await trx.deleteFrom('to_do_assignees').where('to_do_id', '=', row.id).execute();
  await writeAssignees(trx, row.id, after);
  const asList = (ids: readonly string[]): string | null => (ids.length === 0 ? null : JSON.stringify(ids));
  return { field: 'assignees', from: asList(before), to: asList(after) };
}

async function writeAssignees(trx: Executor, toDoId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const rows = personIds.map((person_id) => ({ to_do_id: toDoId, person_id }));
  await trx.insertInto('to_do_assignees').values(rows).execute();
}

async function writeRow(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  row: ToDoRow,
  changes: readonly Change[],
  kind: 'toDo.changed' | 'toDo.moved',
): Promise<ToDoRow> {
  const { title, description, status_id, due_on, priority, rank, completed_at } = row;
  const next = { title, description, status_id, due_on, priority, rank, completed_at };
  const written = await trx
    .updateTable('to_dos')
    .set({ ...next, version: row.version + 1, updated_at: workspace.now() })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await addHistory(workspace, trx, viewer, row.id, changes);
  await recordToDo(workspace, trx, viewer, written, kind, await tellChanges(trx, written, changes));
  return written;
}

/** Moving within done keeps the first time; leaving done forgets it. */
function completedAt(workspace: Workspace, row: ToDoRow, status: StatusRow): number | null {
  if (status.report_type !== 'done') return null;
  return row.completed_at ?? workspace.now();
}

function asText(value: number | null): string | null {
  return value === null ? null : String(value);
}
