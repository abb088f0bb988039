/** Reads tags: those of to-dos, and all of a project with how often each is used. */
import type { Tag, TagWithUse } from '../../wire/tag.ts';
import type { Executor } from '../api/workspace.ts';

export const tagsMax = 500;

export async function readTagsOf(db: Executor, toDoIds: readonly string[]): Promise<Map<string, Tag[]>> {
  const byToDo = new Map<string, Tag[]>();
  if (toDoIds.length === 0) return byToDo;
  const rows = await db
    .selectFrom('to_do_tags')
    .innerJoin('tags', 'tags.id', 'to_do_tags.tag_id')
    .where('to_do_id', 'in', toDoIds)
    .select(['to_do_id', 'tags.id', 'tags.name', 'tags.tone'])
    .orderBy('tags.folded')
    .execute();
  for (const { to_do_id, ...tag } of rows) byToDo.set(to_do_id, [...(byToDo.get(to_do_id) ?? []), tag]);
  return byToDo;
}

export async function listTags(db: Executor, projectId: string): Promise<TagWithUse[]> {
  const rows = await db
    .selectFrom('tags')
    .leftJoin('to_do_tags', 'to_do_tags.tag_id', 'tags.id')
    .where('tags.project_id', '=', projectId)
    .groupBy(['tags.id', 'tags.name', 'tags.tone', 'tags.folded'])
    .select(({ fn }) => ['tags.id', 'tags.name', 'tags.tone', fn.count<number>('to_do_tags.to_do_id').as('toDos')])
    .orderBy('tags.folded')
    .limit(tagsMax)
    .execute();
  return rows.map((row) => ({ ...row, toDos: Number(row.toDos) }));
}
