/** Reads to whom to-dos and projects matter, of many at once. */
import type { Executor } from '../api/workspace.ts';

/**
 * By to-do: who made it, has it or watches it, but for those who said they do not. One in the trash, or gone, has no entry.
 */
export async function readFollowers(trx: Executor, toDoIds: readonly string[]): Promise<Map<string, string[]>> {
  const ids = [...new Set(toDoIds)];
  if (ids.length === 0) return new Map();
  const [toDos, assignees, watchers] = [
    await trx
      .selectFrom('to_dos')
      .select(['id', 'created_by'])
      .where('id', 'in', ids)
      .where('deleted_at', 'is', null)
      .execute(),
    await trx.selectFrom('to_do_assignees').select(['to_do_id', 'person_id']).where('to_do_id', 'in', ids).execute(),
    await trx.selectFrom('watchers').selectAll().where('to_do_id', 'in', ids).execute(),
  ];
  const followers = new Map(toDos.map(({ id, created_by }) => [id, new Set([created_by])]));
  for (const { to_do_id, person_id } of [...assignees, ...watchers]) followers.get(to_do_id)?.add(person_id);
  for (const { to_do_id, person_id, watching } of watchers)
    if (watching === 0) followers.get(to_do_id)?.delete(person_id);
  return new Map([...followers].map(([id, people]) => [id, [...people]]));
}

/** By project: who is in it by name. */
export async function readMembers(trx: Executor, projectIds: readonly string[]): Promise<Map<string, string[]>> {
  const ids = [...new Set(projectIds)];
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('project_members')
    .select(['project_id', 'person_id'])
    .where('project_id', 'in', ids)
    .execute();
  const members = Map.groupBy(rows, ({ project_id }) => project_id);
  return new Map([...members].map(([id, group]) => [id, group.map(({ person_id }) => person_id)]));
}
