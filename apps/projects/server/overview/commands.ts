/** Says how a project is doing, and keeps projects at hand. */
import { beginningOf } from '../../wire/beginning.ts';
import type { AddStatusUpdateRequest } from '../../wire/overview.ts';
import { refuse } from '../api/permit.ts';
import type { Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';

const excerptMax = 200;

/** The same creation key again answers with the update that it made the first time. */
export async function addStatusUpdate(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  { creationKey, light, text }: AddStatusUpdateRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'statusUpdate.add', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const row = {
      id: workspace.newId(),
      project_id: project.row.id,
      person_id: viewer.id,
      light,
      text,
      creation_key: creationKey,
      at: workspace.now(),
    };
    const made = await trx
      .insertInto('status_updates')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made) {
      const data = { tone: light, excerpt: beginningOf(text, excerptMax) };
      const kind = 'statusUpdate.added';
      const { id: subjectId } = made;
      await recordChange(workspace, trx, { projectId: project.row.id, actorId: viewer.id, kind, subjectId, data });
      return made;
    }
    return trx
      .selectFrom('status_updates')
      .select('id')
      .where('project_id', '=', project.row.id)
      .where('person_id', '=', viewer.id)
      .where('creation_key', '=', creationKey)
      .executeTakeFirstOrThrow();
  });
}

/** Everybody who sees a project may keep it at hand: it is theirs alone. */
export async function setFavourite(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  isKept: boolean,
): Promise<void> {
  const row = { person_id: viewer.id, project_id: project.row.id, created_at: workspace.now() };
  if (isKept)
    await workspace.db
      .insertInto('project_favourites')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  else
    await workspace.db
      .deleteFrom('project_favourites')
      .where('person_id', '=', viewer.id)
      .where('project_id', '=', project.row.id)
      .execute();
}
