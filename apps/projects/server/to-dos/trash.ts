/** Into the trash and out of it again. A to-do takes its subtasks along, and they come back with it. */
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { writeRow } from './apply.ts';
import { holdProject } from './holding.ts';
import { findToDo } from './queries.ts';

/** If nobody changed the to-do since the version that was confirmed. Answers with the id that undoes it. */
export async function trashToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  version: number,
): Promise<{ changeId: string } | Refusal> {
  const refusal = refuse(viewer, 'toDo.delete', project.facts);
  if (refusal) return refusal;
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    if (row.version !== version) return changedMeanwhile('to-do');
    const parts = await trx
      .selectFrom('to_dos')
      .selectAll()
      .where('parent_id', '=', row.id)
      .where('deleted_at', 'is', null)
      .execute();
    const changeId = workspace.newId();
    const gone = { deleted_at: workspace.now(), deleted_by: viewer.id };
    for (const each of [row, ...parts])
      await writeRow(workspace, trx, viewer, { ...each, ...gone }, [{ field: 'trashed', from: null, to: each.title }], {
        changeId,
        kind: 'toDo.trashed',
      });
    return { changeId };
  });
}
