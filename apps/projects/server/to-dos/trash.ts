/** Into the trash and out of it again, and the end of a to-do. A to-do takes its subtasks along, and they come back with it. */
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { writeRow } from './apply.ts';
import { holdProject } from './holding.ts';
import type { ToDoRow } from './present.ts';
import { findToDo, findTrashed } from './queries.ts';
import { recordToDo } from './record.ts';

/** If nobody changed the to-do since the version that was confirmed. Answers with the id that undoes it. */
export async function trashToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  version: number,
): Promise<{ changeId: string } | Refusal> {
  const refusal = refuse(viewer, 'toDo.delete', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    if (row.version !== version) return changedMeanwhile('to-do');
    const changeId = workspace.newId();
    await putIntoTrash(workspace, trx, viewer, row, changeId);
    return { changeId };
  });
}

/** The caller holds the project and has asked the policy. */
export async function putIntoTrash(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  row: ToDoRow,
  changeId: string,
): Promise<void> {
  const set = { deleted_at: workspace.now(), deleted_by: viewer.id };
  const parts = await trx
    .selectFrom('to_dos')
    .selectAll()
    .where('parent_id', '=', row.id)
    .where('deleted_at', 'is', null)
    .execute();
  for (const each of [row, ...parts]) {
    const changes = [{ field: 'trashed', from: null, to: each.title }] as const;
    await writeRow(workspace, trx, viewer, each, { set, changes }, { changeId, kind: 'toDo.trashed' });
  }
}

export async function restoreToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
): Promise<{ changeId: string } | Refusal> {
  const refusal = refuse(viewer, 'toDo.delete', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findTrashed(trx, project, number);
    if (!row) return notFound('to-do');
    const changeId = workspace.newId();
    await takeFromTrash(workspace, trx, viewer, row, changeId);
    return { changeId };
  });
}

/** With the subtasks that went at the same moment. A part whose whole is still in the trash comes back on its own. */
export async function takeFromTrash(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  row: ToDoRow,
  changeId: string,
): Promise<void> {
  const parts = await trx
    .selectFrom('to_dos')
    .selectAll()
    .where('parent_id', '=', row.id)
    .where('deleted_at', '=', row.deleted_at)
    .execute();
  const whole = row.parent_id
    ? await trx.selectFrom('to_dos').select('deleted_at').where('id', '=', row.parent_id).executeTakeFirst()
    : undefined;
  const back = { deleted_at: null, deleted_by: null };
  const alone = whole && whole.deleted_at !== null ? { ...back, parent_id: null } : back;
  for (const each of [row, ...parts]) {
    const set = each === row ? alone : back;
    const changes = [{ field: 'restored', from: null, to: each.title }] as const;
    await writeRow(workspace, trx, viewer, each, { set, changes }, { changeId, kind: 'toDo.restored' });
  }
}

/** For good, with everything that hangs on it. Answers with the files whose bytes are nobody's any more. */
export async function purgeToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
): Promise<{ fileIds: string[] } | Refusal> {
  const refusal = refuse(viewer, 'toDo.purge', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findTrashed(trx, project, number);
    if (!row) return notFound('to-do');
    const parts = await trx
      .selectFrom('to_dos')
      .selectAll()
      .where('parent_id', '=', row.id)
      .where('deleted_at', 'is not', null)
      .execute();
    const rows = [row, ...parts];
    const ids = rows.map(({ id }) => id);
    const files = await trx.selectFrom('files').select('id').where('to_do_id', 'in', ids).execute();
    await trx.deleteFrom('to_dos').where('id', 'in', ids).execute();
    for (const each of rows) await recordToDo(workspace, trx, viewer, each, 'toDo.purged', {});
    return { fileIds: files.map(({ id }) => id) };
  });
}
