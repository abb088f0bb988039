/** Renames, colours, merges and removes tags of a project. */
import { type EditTagRequest, foldTag } from '../../wire/tag.ts';
import { refuse } from '../api/permit.ts';
import { notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { asList } from '../to-dos/fields.ts';
import { holdProject } from '../to-dos/holding.ts';
import { type LetGo, letGo } from '../to-dos/letting-go.ts';

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
    if (same && same.id !== tagId) return takeAway(workspace, trx, viewer, project, tagId, same.id);
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
  return changeTag(workspace, viewer, project, tagId, 'tag.removed', (trx) =>
    takeAway(workspace, trx, viewer, project, tagId, null),
  );
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
  return wholeOrNothing(workspace, async (trx) => {
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

/** From the to-dos that have it; `intoId` is the tag that they have instead, if any. */
async function takeAway(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  tagId: string,
  intoId: string | null,
): Promise<void> {
  const changes = await planTaking(trx, tagId, intoId);
  const { name } = await trx.selectFrom('tags').select('name').where('id', '=', tagId).executeTakeFirstOrThrow();
  await letGo(workspace, trx, viewer, { id: tagId, projectId: project.row.id, name }, changes);
  if (intoId !== null)
    await trx
      .insertInto('to_do_tags')
      .columns(['to_do_id', 'tag_id'])
      .expression(
        trx
          .selectFrom('to_do_tags')
          .select(({ val }) => ['to_do_id', val(intoId).as('tag_id')])
          .where('tag_id', '=', tagId),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await trx.deleteFrom('tags').where('id', '=', tagId).execute();
}

/** The tags of each to-do that has this one, before and after. */
async function planTaking(trx: Executor, tagId: string, intoId: string | null): Promise<LetGo[]> {
  const rows = await trx
    .selectFrom('to_do_tags')
    .select(['to_do_id', 'tag_id'])
    .where('to_do_id', 'in', trx.selectFrom('to_do_tags').select('to_do_id').where('tag_id', '=', tagId))
    .orderBy('tag_id')
    .execute();
  return [...Map.groupBy(rows, ({ to_do_id }) => to_do_id)].map(([toDoId, tags]) => {
    const before = tags.map(({ tag_id }) => tag_id);
    const rest = before.filter((id) => id !== tagId);
    const after = intoId === null || rest.includes(intoId) ? rest : [...rest, intoId].sort();
    return { toDoId, field: 'tags', from: asList(before), to: asList(after) };
  });
}
