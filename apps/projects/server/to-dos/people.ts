/** Who has a to-do, and who wants to hear about it. The caller holds the project. */
import { invalid, type Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import { keepAssignable } from '../projects/people-queries.ts';
import type { SeenProject } from '../projects/present.ts';

export async function refuseStrangers(
  trx: Executor,
  project: SeenProject,
  personIds: readonly string[],
  path: string,
): Promise<Refusal | undefined> {
  const assignable = await keepAssignable(trx, project.row, personIds);
  if (personIds.every((id) => assignable.has(id))) return undefined;
  return invalid([{ path, message: 'Somebody named here cannot see this project.' }]);
}

export async function readAssigneeIds(trx: Executor, toDoId: string): Promise<string[]> {
  const rows = await trx.selectFrom('to_do_assignees').select('person_id').where('to_do_id', '=', toDoId).execute();
  return rows.map(({ person_id }) => person_id).sort();
}

/** Whoever has a to-do watches it, unless they said before that they do not want to. */
export async function writeAssignees(trx: Executor, toDoId: string, personIds: readonly string[]): Promise<void> {
  await trx.deleteFrom('to_do_assignees').where('to_do_id', '=', toDoId).execute();
  if (personIds.length === 0) return;
  const rows = personIds.map((person_id) => ({ to_do_id: toDoId, person_id }));
  await trx.insertInto('to_do_assignees').values(rows).execute();
  await beginWatching(trx, toDoId, personIds);
}

/** For what somebody did rather than asked for: a no said earlier stays. */
export async function beginWatching(trx: Executor, toDoId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const rows = [...new Set(personIds)].map((person_id) => ({ to_do_id: toDoId, person_id, watching: 1 as const }));
  await trx
    .insertInto('watchers')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
