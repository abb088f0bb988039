/**
 * Moves a to-do with its subtasks to another project: new numbers there, the status of the same name or meaning, the tags by
 * name. What belongs to the old project alone (milestone, sprint, what it waits for) stays behind; the old address leads on.
 */
import type { TransferRequest } from '../../wire/to-do.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { selectAssignable } from '../projects/people-queries.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { findProject, listStatuses } from '../projects/queries.ts';
import { tagIdsFor, writeTags } from '../tags/commands.ts';
import { readTagsOf } from '../tags/queries.ts';
import { completedAt, type StatusRow, writeRow } from './apply.ts';
import { holdProject, takeNumber } from './holding.ts';
import type { ToDoRow } from './present.ts';
import { findToDo } from './queries.ts';
import { rankAtEnd } from './rank.ts';
import { recordToDo } from './record.ts';

type Moved = { readonly projectKey: string; readonly number: number };

export async function transferToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  request: TransferRequest,
): Promise<Moved | Refusal> {
  const target = await findProject(workspace.db, viewer, request.projectKey);
  if (!target) return invalid([{ path: 'projectKey', message: 'There is no such project that you may see.' }]);
  const refusal =
    refuse(viewer, 'toDo.delete', project.facts) ??
    refuse(viewer, 'toDo.create', target.facts) ??
    sameProject(project, target);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    // Always in one order, so that two moves in opposite directions do not wait for each other for ever.
    const places = [project, target].sort((a, b) => (a.row.id < b.row.id ? -1 : 1));
    for (const place of places) await holdProject(workspace, trx, place);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    if (row.version !== request.version) return changedMeanwhile('to-do');
    const changeId = workspace.newId();
    const moved = await carry(workspace, trx, viewer, project, target, { ...row, parent_id: null }, changeId);
    if (isRefusal(moved)) return moved;
    const parts = await trx.selectFrom('to_dos').selectAll().where('parent_id', '=', row.id).orderBy('rank').execute();
    for (const part of parts) {
      const carried = await carry(workspace, trx, viewer, project, target, part, changeId);
      if (isRefusal(carried)) return carried;
    }
    return { projectKey: target.row.key, number: moved.number };
  });
}

function sameProject(from: SeenProject, to: SeenProject): Refusal | undefined {
  if (from.row.id !== to.row.id) return undefined;
  return invalid([{ path: 'projectKey', message: 'It is in this project already.' }]);
}

async function carry(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  from: SeenProject,
  to: SeenProject,
  row: ToDoRow,
  changeId: string,
): Promise<ToDoRow | Refusal> {
  const status = await matchStatus(trx, from, to, row.status_id);
  const names = ((await readTagsOf(trx, [row.id])).get(row.id) ?? []).map(({ name }) => name);
  const tagIds = await tagIdsFor(workspace, trx, to.row.id, names);
  if (isRefusal(tagIds)) return tagIds;
  await trx
    .deleteFrom('to_do_blockers')
    .where((where) => where.or([where('to_do_id', '=', row.id), where('blocked_by_id', '=', row.id)]))
    .execute();
  await writeTags(trx, row.id, tagIds);
  await letGoStrangers(trx, to, row.id);
  const number = await takeNumber(trx, to.row.id);
  await trx
    .insertInto('former_numbers')
    .values({ project_id: from.row.id, number: row.number, to_do_id: row.id })
    .execute();
  // First by itself: writing a row leaves project and number alone.
  const place = { project_id: to.row.id, number, rank: await rankAtEnd(trx, to.row.id), status_id: status.id };
  await trx.updateTable('to_dos').set(place).where('id', '=', row.id).execute();
  await trx.updateTable('files').set({ project_id: to.row.id }).where('to_do_id', '=', row.id).execute();
  const change = {
    field: 'project',
    from: `${from.row.key}-${row.number}`,
    to: `${to.row.key}-${number}`,
  } as const;
  const set = { milestone_id: null, sprint_id: null, completed_at: completedAt(workspace, row, status) };
  // Each project is told: the one that it left under the number that it had there.
  await recordToDo(workspace, trx, viewer, row, 'toDo.moved', { fields: ['project'] });
  const moved = { ...row, ...place };
  return writeRow(workspace, trx, viewer, moved, { set, changes: [change] }, { changeId, kind: 'toDo.moved' });
}

async function matchStatus(trx: Executor, from: SeenProject, to: SeenProject, statusId: string): Promise<StatusRow> {
  const old = (await listStatuses(trx, from.row.id)).find(({ id }) => id === statusId);
  const there = await listStatuses(trx, to.row.id);
  const status =
    there.find(({ name }) => name === old?.name) ??
    there.find(({ report_type }) => report_type === old?.report_type) ??
    there[0];
  if (!status) throw new TypeError(`project ${to.row.id} has no status`);
  return status;
}

/** Nobody has or watches what they cannot see. */
async function letGoStrangers(trx: Executor, to: SeenProject, toDoId: string): Promise<void> {
  const seeing = selectAssignable(trx, to.row).select('id');
  for (const table of ['to_do_assignees', 'watchers'] as const)
    await trx.deleteFrom(table).where('to_do_id', '=', toDoId).where('person_id', 'not in', seeing).execute();
}
