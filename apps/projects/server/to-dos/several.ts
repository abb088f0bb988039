/**
 * Changes or trashes several to-dos as one act, with one line of undo for the whole: each that can be, whole by itself, and
 * the others named with why not.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ChangeSeveralAnswer, ChangeSeveralRequest, RefusedToDo } from '../../wire/to-do.ts';
import { refuse } from '../api/permit.ts';
import { isRefusal, notFound, problemOfOne, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { applyWish } from './apply.ts';
import { holdProject } from './holding.ts';
import type { ToDoRow } from './present.ts';
import { putIntoTrash } from './trash.ts';

/** What is refused of all of them for one and the same reason is refused as a whole. */
export async function changeSeveral(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  { numbers, change, trash }: ChangeSeveralRequest,
): Promise<ChangeSeveralAnswer | Refusal> {
  const refusal = refuse(viewer, trash ? 'toDo.delete' : 'toDo.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const rows = await findSeveral(trx, project, numbers);
    const refusals = new Map<number, Refusal>();
    for (const number of new Set(numbers)) refusals.set(number, notFound('one of several'));
    for (const { number } of rows) refusals.delete(number);
    const changeId = workspace.newId();
    let count = 0;
    for (const row of rows) {
      if (trash) {
        // A part goes with its whole.
        if (!rows.some(({ id }) => id === row.parent_id)) await putIntoTrash(workspace, trx, viewer, row, changeId);
        count++;
        continue;
      }
      const act = { changeId, onVersion: row.version };
      const applied = await applyWish(workspace, trx, viewer, project, row, change ?? {}, act);
      if (isRefusal(applied)) refusals.set(row.number, applied);
      else if (applied.changes.length > 0) count++;
    }
    const [first, ...others] = refusals.values();
    const isOfAll = refusals.size === new Set(numbers).size;
    if (first && isOfAll && others.every((other) => isDeepStrictEqual(other, first))) return first;
    return { count, changeId: count > 0 ? changeId : null, refusals: present(project, refusals) };
  });
}

function present(project: SeenProject, refusals: ReadonlyMap<number, Refusal>): RefusedToDo[] {
  return [...refusals]
    .sort(([one], [other]) => one - other)
    .map(([number, refusal]) => ({ projectKey: project.row.key, number, problem: problemOfOne(refusal) }));
}

/** From the last of the board to the first, so that those which go to the top of a column keep their order there. */
async function findSeveral(trx: Executor, project: SeenProject, numbers: readonly number[]): Promise<ToDoRow[]> {
  return trx
    .selectFrom('to_dos')
    .selectAll()
    .where('project_id', '=', project.row.id)
    .where('number', 'in', numbers)
    .where('deleted_at', 'is', null)
    .orderBy('rank', 'desc')
    .execute();
}
