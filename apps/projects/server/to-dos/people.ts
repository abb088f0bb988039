/** Who has a to-do, and who wants to hear about it. The caller holds the project. */
import { invalid, isRefusal, type Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { listAssignable } from '../projects/queries.ts';
import { asList } from './fields.ts';
import type { Change } from './history.ts';

export async function refuseStrangers(
  trx: Executor,
  project: SeenProject,
  personIds: readonly string[],
  path: string,
): Promise<Refusal | undefined> {
  if (personIds.length === 0) return undefined;
  const assignable = new Set((await listAssignable(trx, project.row)).map(({ id }) => id));
  if (personIds.every((id) => assignable.has(id))) return undefined;
  return invalid([{ path, message: 'Somebody named here cannot see this project.' }]);
}

/** What changes when exactly these people shall have it; somebody who has it already may stay whatever they see. */
export async function planAssignees(
  trx: Executor,
  project: SeenProject,
  toDoId: string,
  wanted: readonly string[],
): Promise<Change | Refusal | undefined> {
  const rows = await trx.selectFrom('to_do_assignees').select('person_id').where('to_do_id', '=', toDoId).execute();
  const before = rows.map(({ person_id }) => person_id).sort();
  const after = [...new Set(wanted)].sort();
  if (asList(before) === asList(after)) return undefined;
  const refusal = await refuseStrangers(
    trx,
    project,
    after.filter((id) => !before.includes(id)),
    'assigneeIds',
  );
  if (refusal && isRefusal(refusal)) return refusal;
  return { field: 'assignees', from: asList(before), to: asList(after) };
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
