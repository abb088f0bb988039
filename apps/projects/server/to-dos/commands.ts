/**
 * Makes, changes and moves to-dos. Each command is one transaction that first holds the project's row, so that numbers and
 * ranks are given out one after another; whether the viewer may is asked first.
 */
import { asDoc } from '../../wire/rich-text.ts';
import type { CreateToDoRequest, EditToDoRequest, MoveToDoRequest } from '../../wire/to-do.ts';
import { refuse } from '../api/permit.ts';
import { invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listStatuses } from '../projects/queries.ts';
import { tagIdsFor, writeTags } from '../tags/commands.ts';
import { applyWish, completedAt, findStatus, unknownStatus, writeRow } from './apply.ts';
import { keepText } from './description.ts';
import { addHistory, type Change } from './history.ts';
import { holdProject, takeNumber } from './holding.ts';
import { nameMentioned } from './mentions.ts';
import { findParent } from './parent.ts';
import { beginWatching, refuseStrangers, writeAssignees } from './people.ts';
import { refuseStrangePlace } from './plan-place.ts';
import type { ToDoRow } from './present.ts';
import { findToDo } from './queries.ts';
import { type Place, rankAfter, rankAtEnd, rankAtTop, rankBefore } from './rank.ts';
import { recordToDo } from './record.ts';

/** What an act left, and the id by which it can be undone; null when there was nothing to change. */
export type Acted = { readonly row: ToDoRow; readonly changeId: string | null };

/** Makes a to-do. The same creation key again answers with the to-do that it made the first time. */
export async function createToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: CreateToDoRequest,
): Promise<ToDoRow | Refusal> {
  const refusal = refuse(viewer, 'toDo.create', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const made = await findByCreationKey(trx, viewer, project, request.creationKey);
    return made ?? insertToDo(workspace, trx, viewer, project, request);
  });
}

/** The caller holds the project and has asked the policy. */
export async function insertToDo(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  request: CreateToDoRequest,
  changeId = workspace.newId(),
): Promise<ToDoRow | Refusal> {
  const statuses = await listStatuses(trx, project.row.id);
  const status = request.statusId ? statuses.find(({ id }) => id === request.statusId) : statuses[0];
  if (!status) return unknownStatus();
  const { workStartOn = null, workEndOn = null } = request;
  if (workStartOn !== null && workEndOn !== null && workEndOn < workStartOn)
    return invalid([{ path: 'workEndOn', message: 'Work cannot end before it starts.' }]);
  const assigneeIds = [...new Set(request.assigneeIds ?? [])];
  const description = await nameMentioned(trx, project, asDoc(''), asDoc(request.description ?? ''), 'description');
  if (isRefusal(description)) return description;
  const { mentionedIds } = description;
  const strange =
    (await refuseStrangers(trx, project, assigneeIds, 'assigneeIds')) ??
    (await refuseStrangePlace(trx, project, { milestoneId: request.milestoneId, sprintId: request.sprintId }));
  if (strange) return strange;
  const parent = request.parentNumber ? await findParent(trx, project, undefined, request.parentNumber) : { id: null };
  if (isRefusal(parent)) return parent;
  const tagIds = await tagIdsFor(workspace, trx, project.row.id, request.tags ?? []);
  if (isRefusal(tagIds)) return tagIds;
  const now = workspace.now();
  const row: ToDoRow = {
    id: workspace.newId(),
    project_id: project.row.id,
    number: await takeNumber(trx, project.row.id),
    title: request.title,
    ...keepText(description.doc),
    status_id: status.id,
    due_on: request.dueOn ?? null,
    priority: request.priority ?? null,
    type: request.type ?? 'task',
    effort: request.effort ?? null,
    milestone_id: request.milestoneId ?? null,
    sprint_id: request.sprintId ?? null,
    parent_id: parent.id,
    work_start_on: workStartOn,
    work_end_on: workEndOn,
    planned_hours: request.plannedHours ?? null,
    remaining_hours: request.remainingHours ?? null,
    rank: await rankAtEnd(trx, project.row.id),
    version: 1,
    created_by: viewer.id,
    creation_key: request.creationKey,
    created_at: now,
    updated_at: now,
    completed_at: status.report_type === 'done' ? now : null,
    deleted_at: null,
    deleted_by: null,
  };
  await trx.insertInto('to_dos').values(row).execute();
  if (assigneeIds.length > 0) await writeAssignees(trx, row.id, assigneeIds);
  if (tagIds.length > 0) await writeTags(trx, row.id, tagIds);
  await beginWatching(trx, row.id, [viewer.id, ...mentionedIds]);
  const made = { field: 'created', from: null, to: row.title, toDoId: row.id, version: 1 } as const;
  await addHistory(workspace, trx, viewer, [made], changeId);
  await recordToDo(workspace, trx, viewer, row, 'toDo.created', {
    ...(assigneeIds.length > 0 && { assignedIds: assigneeIds }),
    ...(mentionedIds.length > 0 && { mentionedIds }),
  });
  return row;
}

/** Changes what is named in the request. Another field that somebody changed meanwhile stays; the same one is refused. */
export async function editToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  { version, ...wish }: EditToDoRequest,
): Promise<Acted | Refusal> {
  const refusal = refuse(viewer, 'toDo.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    const changeId = workspace.newId();
    const applied = await applyWish(workspace, trx, viewer, project, row, wish, { changeId, onVersion: version });
    if (isRefusal(applied)) return applied;
    return { row: applied.row, changeId: applied.changes.length > 0 ? changeId : null };
  });
}

/**
 * Moves one card: writes that card's row and, when it changed column, one line of its history. The last mover wins. Into
 * another lane it takes what the lane stands for.
 */
export async function moveToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  request: MoveToDoRequest,
): Promise<Acted | Refusal> {
  const refusal = refuse(viewer, 'toDo.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    const status = await findStatus(trx, project, request.statusId);
    if (!status) return unknownStatus();
    const place = { projectId: project.row.id, toDoId: row.id, statusId: status.id };
    const rank = await rankFor(trx, place, row, request);
    const changes: Change[] =
      status.id === row.status_id ? [] : [{ field: 'status', from: row.status_id, to: status.id }];
    const set = { status_id: status.id, rank, completed_at: completedAt(workspace, row, status) };
    const changeId = workspace.newId();
    const written = await writeRow(workspace, trx, viewer, row, { set, changes }, { changeId, kind: 'toDo.moved' });
    const act = { changeId, onVersion: written.version };
    const applied = await applyWish(workspace, trx, viewer, project, written, request.change ?? {}, act);
    if (isRefusal(applied)) return applied;
    return { row: applied.row, changeId: changes.length + applied.changes.length > 0 ? changeId : null };
  });
}

async function rankFor(trx: Executor, place: Place, row: ToDoRow, request: MoveToDoRequest): Promise<string> {
  if (request.beforeNumber !== undefined) return rankBefore(trx, place, request.beforeNumber);
  if (request.afterNumber !== null) return rankAfter(trx, place, request.afterNumber);
  return (await rankAtTop(trx, place)) ?? row.rank;
}

export async function findByCreationKey(
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
