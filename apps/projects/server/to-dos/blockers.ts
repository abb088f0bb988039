/**
 * What a to-do waits for: other to-dos of its project, never in a circle. The caller holds the project, so that two people
 * cannot close a circle from both ends at once.
 */
import { invalid, type Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { asList } from './fields.ts';
import type { Change } from './history.ts';

const path = 'blockedBy';

export async function planBlockers(
  trx: Executor,
  project: SeenProject,
  toDoId: string,
  numbers: readonly number[] | undefined,
  changes: Change[],
): Promise<Refusal | undefined> {
  if (numbers === undefined) return undefined;
  const before = await readBlockerIds(trx, toDoId);
  const wanted = [...new Set(numbers)];
  const found =
    wanted.length === 0
      ? []
      : await trx
          .selectFrom('to_dos')
          .select('id')
          .where('project_id', '=', project.row.id)
          .where('number', 'in', wanted)
          .where('deleted_at', 'is', null)
          .execute();
  if (found.length < wanted.length) return invalid([{ path, message: 'This project has no to-do with that number.' }]);
  const after = found.map(({ id }) => id).sort();
  if (after.includes(toDoId)) return invalid([{ path, message: 'A to-do cannot wait for itself.' }]);
  if (asList(before) === asList(after)) return undefined;
  const added = after.filter((id) => !before.includes(id));
  if (await reaches(trx, project.row.id, added, toDoId))
    return invalid([{ path, message: 'They would wait for each other in a circle. Nothing could begin.' }]);
  changes.push({ field: 'blockers', from: asList(before), to: asList(after) });
  return undefined;
}

/** Whether one of `starts` waits for `target`, over however many others. */
async function reaches(trx: Executor, projectId: string, starts: readonly string[], target: string): Promise<boolean> {
  if (starts.length === 0) return false;
  const rows = await trx
    .selectFrom('to_do_blockers')
    .innerJoin('to_dos', 'to_dos.id', 'to_do_blockers.to_do_id')
    .where('to_dos.project_id', '=', projectId)
    .select(['to_do_blockers.to_do_id', 'to_do_blockers.blocked_by_id'])
    .execute();
  const waitsFor = Map.groupBy(rows, (row) => row.to_do_id);
  const open = [...starts];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === target) return true;
    for (const { blocked_by_id: next } of waitsFor.get(id) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

async function readBlockerIds(trx: Executor, toDoId: string): Promise<string[]> {
  const rows = await trx.selectFrom('to_do_blockers').select('blocked_by_id').where('to_do_id', '=', toDoId).execute();
  return rows.map(({ blocked_by_id }) => blocked_by_id).sort();
}

export async function writeBlockers(trx: Executor, toDoId: string, ids: readonly string[]): Promise<void> {
  await trx.deleteFrom('to_do_blockers').where('to_do_id', '=', toDoId).execute();
  if (ids.length === 0) return;
  const rows = ids.map((blocked_by_id) => ({ to_do_id: toDoId, blocked_by_id }));
  await trx.insertInto('to_do_blockers').values(rows).execute();
}
