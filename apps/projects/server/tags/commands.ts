/** Tags of a project: found or made by name, put on a to-do. The caller holds the project. */
import { foldTag, tagTones } from '../../wire/tag.ts';
import { invalid, type Refusal } from '../api/refusal.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { tagsMax } from './queries.ts';

/** The ids of the project's tags with those names; what it does not have yet is made. */
export async function tagIdsFor(
  workspace: Workspace,
  trx: Executor,
  projectId: string,
  names: readonly string[],
): Promise<string[] | Refusal> {
  const wanted = new Map(names.map((name) => [foldTag(name), name]));
  if (wanted.size === 0) return [];
  const known = await trx
    .selectFrom('tags')
    .select(['id', 'folded'])
    .where('project_id', '=', projectId)
    .where('folded', 'in', [...wanted.keys()])
    .execute();
  const ids = new Map(known.map(({ folded, id }) => [folded, id]));
  const absent = [...wanted].filter(([folded]) => !ids.has(folded));
  if (absent.length > 0) {
    const count = await countTags(trx, projectId);
    if (count + absent.length > tagsMax)
      return invalid([{ path: 'tags', message: 'A project has at most {max} tags.', values: { max: tagsMax } }]);
    const rows = absent.map(([folded, name], index) => ({
      id: workspace.newId(),
      project_id: projectId,
      name,
      folded,
      tone: tagTones[(count + index) % tagTones.length] ?? tagTones[0],
      created_at: workspace.now(),
    }));
    await trx.insertInto('tags').values(rows).execute();
    for (const { folded, id } of rows) ids.set(folded, id);
  }
  return [...wanted.keys()].flatMap((folded) => ids.get(folded) ?? []);
}

async function countTags(trx: Executor, projectId: string): Promise<number> {
  const row = await trx
    .selectFrom('tags')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

export async function writeTags(trx: Executor, toDoId: string, tagIds: readonly string[]): Promise<void> {
  await trx.deleteFrom('to_do_tags').where('to_do_id', '=', toDoId).execute();
  if (tagIds.length === 0) return;
  const rows = tagIds.map((tag_id) => ({ to_do_id: toDoId, tag_id }));
  await trx.insertInto('to_do_tags').values(rows).execute();
}
