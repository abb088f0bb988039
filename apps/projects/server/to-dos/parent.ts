/** Parts of a to-do: one level of them, so that a list stays a list. The caller holds the project. */
import { invalid, type Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';

const path = 'parentNumber';

/** The id of the to-do that `toDoId` (absent while it is being made) shall be a part of. */
export async function findParent(
  trx: Executor,
  project: SeenProject,
  toDoId: string | undefined,
  parentNumber: number,
): Promise<{ id: string } | Refusal> {
  const parent = await trx
    .selectFrom('to_dos')
    .select(['id', 'parent_id'])
    .where('project_id', '=', project.row.id)
    .where('number', '=', parentNumber)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!parent) return invalid([{ path, message: 'This project has no to-do with that number.' }]);
  if (parent.id === toDoId) return invalid([{ path, message: 'A to-do cannot be a part of itself.' }]);
  if (parent.parent_id !== null) return invalid([{ path, message: 'That to-do is a part of another one itself.' }]);
  if (toDoId !== undefined && (await hasParts(trx, toDoId)))
    return invalid([{ path, message: 'A to-do that has subtasks cannot become one.' }]);
  return { id: parent.id };
}

async function hasParts(trx: Executor, toDoId: string): Promise<boolean> {
  const part = await trx.selectFrom('to_dos').select('id').where('parent_id', '=', toDoId).limit(1).executeTakeFirst();
  return part !== undefined;
}
