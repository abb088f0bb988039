/** Hearing about a to-do, or not any more. A no is remembered, so that nothing done later turns it into a yes. */
import { refuse } from '../api/permit.ts';
import { notFound, type Refusal } from '../api/refusal.ts';
import type { Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { findToDo } from './queries.ts';

export async function setWatching(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  watching: 0 | 1,
): Promise<{ done: true } | Refusal> {
  const refusal = refuse(viewer, 'toDo.watch', project.facts);
  if (refusal) return refusal;
  const row = await findToDo(workspace.db, project, number);
  if (!row) return notFound('to-do');
  await workspace.db
    .insertInto('watchers')
    .values({ to_do_id: row.id, person_id: viewer.id, watching })
    .onConflict((conflict) => conflict.columns(['to_do_id', 'person_id']).doUpdateSet({ watching }))
    .execute();
  return { done: true };
}
