/** Changes or trashes several to-dos as one act: all of them or none, with one line of undo for the whole. */
import type { ChangeSeveralAnswer, ChangeSeveralRequest } from '../../wire/to-do.ts';
import { refuse } from '../api/permit.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { applyWish } from './apply.ts';
import { holdProject } from './holding.ts';
import type { ToDoRow } from './present.ts';
import { putIntoTrash } from './trash.ts';

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
    const wanted = new Set(numbers);
    const rows = await findSeveral(trx, project, [...wanted]);
    if (rows.length < wanted.size) return notFound('one of several');
    const changeId = workspace.newId();
    let count = 0;
    for (const row of rows) {
      if (trash) {
        // A part goes with its whole.
        if (!rows.some(({ id }) => id === row.parent_id)) await putIntoTrash(workspace, trx, viewer, row, changeId);
        count++;
        continue;
      }
      const applied = await applyWish(workspace, trx, viewer, project, row, change ?? {}, {
        changeId,
        onVersion: row.version,
      });
      if (isRefusal(applied)) return applied;
      if (applied.changes.length > 0) count++;
    }
    return { count, changeId: count > 0 ? changeId : null };
  });
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
