/**
 * Makes, changes, orders and removes the columns of a project. Each command is one transaction that first holds the project's
 * row, as those of to-dos do, so that no card moves into a column while it goes. What a column counts as decides whether its
 * to-dos are done.
 */
import { createHash } from 'node:crypto';
import { type CreateStatusRequest, type EditStatusRequest, type ReportType, statusesMax } from '../../wire/project.ts';
import { refuse } from '../api/permit.ts';
import { invalid, isRefusal, nameTaken, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listStatuses } from '../projects/queries.ts';
import type { ProjectTables } from '../projects/schema.ts';
import { holdProject } from '../to-dos/holding.ts';
import { letGo } from '../to-dos/letting-go.ts';

type StatusRow = ProjectTables['project_statuses'];
type Done = { readonly done: true };
const done: Done = { done: true };

export async function createStatus(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: CreateStatusRequest,
): Promise<Done | Refusal> {
  return change(workspace, viewer, project, async (trx, statuses) => {
    // The id comes from the key, so that a repeated request finds what the first one made.
    const id = createHash('sha256').update(`${project.row.id} ${request.creationKey}`).digest('hex');
    if (statuses.some((status) => status.id === id)) return done;
    if (statuses.length >= statusesMax) return tooMany();
    if (isNameTaken(statuses, request.name)) return nameTaken(request.name);
    const position = Math.max(-1, ...statuses.map((status) => status.position)) + 1;
    await trx
      .insertInto('project_statuses')
      .values({
        id,
        project_id: project.row.id,
        name: request.name,
        report_type: request.reportType,
        tone: request.tone,
        wip_limit: request.wipLimit,
        on_board: request.onBoard ? 1 : 0,
        position,
      })
      .execute();
    return done;
  });
}

export async function editStatus(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  statusId: string,
  request: EditStatusRequest,
): Promise<Done | Refusal> {
  return change(workspace, viewer, project, async (trx, statuses) => {
    const row = statuses.find(({ id }) => id === statusId);
    if (!row) return notFound('column');
    const { name = row.name, reportType = row.report_type, tone = row.tone } = request;
    const wip_limit = request.wipLimit === undefined ? row.wip_limit : request.wipLimit;
    const on_board = request.onBoard === undefined ? row.on_board : request.onBoard ? 1 : 0;
    const others = statuses.filter(({ id }) => id !== statusId);
    if (isNameTaken(others, name)) return nameTaken(name);
    if (on_board === 0 && others.every((other) => other.on_board === 0)) return nothingOnBoard();
    await trx
      .updateTable('project_statuses')
      .set({ name, report_type: reportType, tone, wip_limit, on_board })
      .where('id', '=', statusId)
      .execute();
    if (reportType !== row.report_type) await settleDone(workspace, trx, statusId, reportType);
    return done;
  });
}

/** Every column, in the new order. */
export async function orderStatuses(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  statusIds: readonly string[],
): Promise<Done | Refusal> {
  return change(workspace, viewer, project, async (trx, statuses) => {
    const wanted = new Set(statusIds);
    const complete = wanted.size === statusIds.length && wanted.size === statuses.length;
    if (!complete || !statuses.every(({ id }) => wanted.has(id)))
      return invalid([{ path: 'statusIds', message: 'Name every column once.' }]);
    for (const [position, id] of statusIds.entries())
      await trx.updateTable('project_statuses').set({ position }).where('id', '=', id).execute();
    return done;
  });
}

/** Its to-dos, those in the trash too, move to another column first, each with a line in its history. */
export async function removeStatus(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  statusId: string,
  moveToId: string,
): Promise<Done | Refusal> {
  return change(workspace, viewer, project, async (trx, statuses) => {
    const gone = statuses.find(({ id }) => id === statusId);
    if (!gone) return notFound('column');
    const target = statuses.find(({ id }) => id === moveToId && id !== statusId);
    if (!target) return invalid([{ path: 'moveToId', message: 'Name another column of this project.' }]);
    if (statuses.every(({ id, on_board }) => id === statusId || on_board === 0)) return nothingOnBoard();
    const toDos = await trx.selectFrom('to_dos').select('id as toDoId').where('status_id', '=', statusId).execute();
    const moves = toDos.map(({ toDoId }) => ({ toDoId, field: 'status', from: statusId, to: moveToId }) as const);
    await letGo(workspace, trx, viewer, { id: statusId, projectId: project.row.id, name: gone.name }, moves);
    await trx.updateTable('to_dos').set({ status_id: moveToId }).where('status_id', '=', statusId).execute();
    await settleDone(workspace, trx, moveToId, target.report_type);
    await trx.deleteFrom('project_statuses').where('id', '=', statusId).execute();
    return done;
  });
}

async function change(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  act: (trx: Executor, statuses: readonly StatusRow[]) => Promise<Done | Refusal>,
): Promise<Done | Refusal> {
  const refusal = refuse(viewer, 'project.settings', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const acted = await act(trx, await listStatuses(trx, project.row.id));
    if (isRefusal(acted)) return acted;
    const { id, name } = project.row;
    const data = { title: name, fields: ['statuses'] };
    await recordChange(workspace, trx, {
      projectId: id,
      actorId: viewer.id,
      kind: 'project.changed',
      subjectId: id,
      data,
    });
    return acted;
  });
}

/** What stands in a column that counts as done is done, since now where it was not; what stands elsewhere is not. */
async function settleDone(workspace: Workspace, trx: Executor, statusId: string, to: ReportType): Promise<void> {
  const rows = trx.updateTable('to_dos').where('status_id', '=', statusId);
  const query =
    to === 'done'
      ? rows.set({ completed_at: workspace.now() }).where('completed_at', 'is', null)
      : rows.set({ completed_at: null }).where('completed_at', 'is not', null);
  await query.execute();
}

function isNameTaken(statuses: readonly StatusRow[], name: string): boolean {
  const keyOf = (text: string): string => text.normalize('NFC').toLowerCase();
  return statuses.some((status) => keyOf(status.name) === keyOf(name));
}

function tooMany(): Refusal {
  return invalid([{ path: '', message: 'A project has at most {max} columns.', values: { max: statusesMax } }]);
}

function nothingOnBoard(): Refusal {
  return invalid([{ path: 'onBoard', message: 'At least one column stays on the board.' }]);
}
