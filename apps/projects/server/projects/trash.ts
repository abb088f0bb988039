/**
 * A project into the trash, out of it again, and its end. In the trash nobody sees it and everything in it stays as it is.
 * Its end is one mark; what it held is then cleared away in bounded steps, which go on where a process left off.
 */
import { sql } from 'kysely';
import type { ChangeKind } from '../../wire/change.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import type { Viewer } from './policy.ts';
import type { SeenProject } from './present.ts';

const batchMax = 200;

type Done = { readonly done: true };

/** If nobody changed the project since the version that was confirmed. */
export async function trashProject(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  version: number,
): Promise<Done | Refusal> {
  const refusal = refuse(viewer, 'project.delete', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const now = workspace.now();
    const row = await trx
      .updateTable('projects')
      .set({ deleted_at: now, deleted_by: viewer.id, version: version + 1, updated_at: now })
      .where('id', '=', project.row.id)
      .where('version', '=', version)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!row) return changedMeanwhile('project');
    await record(workspace, trx, viewer, project, 'project.trashed');
    return { done: true };
  });
}

export async function restoreProject(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
): Promise<Done | Refusal> {
  const refusal = refuse(viewer, 'project.restore', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const row = await updateTrashed(trx, project, {
      ...{ deleted_at: null, deleted_by: null },
      ...{ version: project.row.version + 1, updated_at: workspace.now() },
    });
    if (!row) return notFound('project');
    await record(workspace, trx, viewer, project, 'project.restored');
    return { done: true };
  });
}

/** For good. From here on nobody can bring it back, whether or not it is cleared away yet. */
export async function purgeProject(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
): Promise<Done | Refusal> {
  const refusal = refuse(viewer, 'project.purge', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const row = await updateTrashed(trx, project, { purged_at: workspace.now() });
    if (!row) return notFound('project');
    // Of the workspace: the changes of the project go with it.
    await record(workspace, trx, viewer, project, 'project.purged', null);
    return { done: true };
  });
}

function updateTrashed(trx: Executor, { row }: SeenProject, values: Partial<SeenProject['row']>) {
  return trx
    .updateTable('projects')
    .set(values)
    .where('id', '=', row.id)
    .where('deleted_at', 'is not', null)
    .where('purged_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
}

/** Of every project that was ended. The bytes of its files go with the next round that clears away files. */
export async function clearPurged({ db }: Pick<Workspace, 'db'>): Promise<void> {
  const ended = await db.selectFrom('projects').select('id').where('purged_at', 'is not', null).execute();
  for (const { id } of ended) {
    await deleteInSteps(db, 'to_dos', id);
    await deleteInSteps(db, 'changes', id);
    await db.deleteFrom('projects').where('id', '=', id).execute();
  }
}

async function deleteInSteps(db: Executor, table: 'to_dos' | 'changes', projectId: string): Promise<void> {
  for (;;) {
    const { rows } = await sql`delete from ${sql.table(table)} where id in
      (select id from ${sql.table(table)} where project_id = ${projectId} limit ${batchMax}) returning id`.execute(db);
    if (rows.length < batchMax) return;
  }
}

function record(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  { row }: SeenProject,
  kind: ChangeKind,
  projectId: string | null = row.id,
): Promise<void> {
  const data = { title: row.name };
  return recordChange(workspace, trx, { projectId, actorId: viewer.id, kind, subjectId: row.id, data });
}
