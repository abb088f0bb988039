/** Renames, colours, merges and removes tags of a project. */
import { type EditTagRequest, foldTag } from '../../wire/tag.ts';
import { refuse } from '../api/permit.ts';
import { notFound, type Refusal } from '../api/refusal.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';

type Done = { readonly done: true };

/** Renamed to what another tag of the project is called, the two become one: that other one. */
export async function editTag(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  tagId: string,
  { name, tone }: EditTagRequest,
): Promise<Done | Refusal> {
  return changeTag(workspace, viewer, project, tagId, 'tag.changed', async (trx) => {
    const same = name === undefined ? undefined : await findByName(trx, project.row.id, name);
    if (same && same.id !== tagId) return mergeInto(trx, tagId, same.id);
    const changes = {
      ...(name === undefined ? {} : { name, folded: foldTag(name) }),
      ...(tone === undefined ? {} : { tone }),
    };
    await trx.updateTable('tags').set(changes).where('id', '=', tagId).execute();
  });
}

export async function removeTag(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  tagId: string,
): Promise<Done | Refusal> {
  return changeTag(workspace, viewer, project, tagId, 'tag.removed', async (trx) => {
    await trx.deleteFrom('tags').where('id', '=', tagId).execute();
  });
}

async function changeTag(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  tagId: string,
  kind: 'tag.changed' | 'tag.removed',
  change: (trx: Executor) => Promise<void>,
): Promise<Done | Refusal> {
  const refusal = refuse(viewer, 'tag.manage', project.facts);
  if (refusal) return refusal;
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const tag = await trx
      .selectFrom('tags')
      .select('name')
      .where('project_id', '=', project.row.id)
      .where('id', '=', tagId)
      .executeTakeFirst();
    if (!tag) return notFound('tag');
    await change(trx);
    const data = { title: tag.name };
    await recordChange(workspace, trx, { projectId: project.row.id, actorId: viewer.id, kind, subjectId: tagId, data });
    return { done: true };
  });
}

async function findByName(trx: Executor, projectId: string, name: string): Promise<{ id: string } | undefined> {
  return trx
    .selectFrom('tags')
    .select('id')
    .where('project_id', '=', projectId)
    .where('folded', '=', foldTag(name))
    .executeTakeFirst();
}

async function mergeInto(trx: Executor, fromId: string, intoId: string): Promise<void> {
  const rows = await trx.selectFrom('to_do_tags').select('to_do_id').where('tag_id', '=', fromId).execute();
  if (rows.length > 0)
    await trx
      .insertInto('to_do_tags')
      .values(rows.map(({ to_do_id }) => ({ to_do_id, tag_id: intoId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await trx.deleteFrom('tags').where('id', '=', fromId).execute();
}
