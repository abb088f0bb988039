/**
 * Saves, changes and deletes views, and says which one a page begins with. Each command is one transaction. What is shared is
 * everybody's and is told of; what somebody keeps for themselves nobody else learns of.
 */
import {
  type CreateViewRequest,
  type EditViewRequest,
  type ViewPage,
  viewPages,
  viewsMax,
} from '../../wire/saved-view.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, invalid, nameTaken, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';
import { mayEditView, type SavedViewRow } from './present.ts';
import { findView } from './queries.ts';

type Done = { readonly done: true };
const done: Done = { done: true };

/** Keeps a view. The same creation key again keeps nothing more. */
export async function createView(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  { creationKey, isShared, ...request }: CreateViewRequest,
): Promise<Done | Refusal> {
  const refusal = refuse(viewer, isShared ? 'view.share' : 'view.keep', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const made = await trx
      .selectFrom('saved_views')
      .select('id')
      .where('project_id', '=', project.row.id)
      .where('owner_id', '=', viewer.id)
      .where('creation_key', '=', creationKey)
      .executeTakeFirst();
    if (made) return done;
    const now = workspace.now();
    const row: SavedViewRow = {
      id: workspace.newId(),
      project_id: project.row.id,
      owner_id: viewer.id,
      ...request,
      is_shared: isShared ? 1 : 0,
      version: 1,
      creation_key: creationKey,
      created_at: now,
      updated_at: now,
    };
    const misfit = await refuseMisfit(trx, row);
    if (misfit) return misfit;
    await trx.insertInto('saved_views').values(row).execute();
    await tell(workspace, trx, viewer, 'view.saved', row);
    return done;
  });
}

/** Changes what is named in the request. A view that was shared and is taken back belongs to whoever takes it. */
export async function editView(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  { version, isShared, ...changes }: EditViewRequest,
): Promise<Done | Refusal> {
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findEditable(trx, viewer, project, id, version);
    if ('refused' in row) return row;
    const refusal = isShared ? refuse(viewer, 'view.share', project.facts) : undefined;
    if (refusal) return refusal;
    const next: SavedViewRow = {
      ...row,
      name: changes.name ?? row.name,
      page: changes.page ?? row.page,
      query: changes.query ?? row.query,
      is_shared: isShared === undefined ? row.is_shared : isShared ? 1 : 0,
      owner_id: isShared === false ? viewer.id : row.owner_id,
      version: row.version + 1,
      updated_at: workspace.now(),
    };
    const misfit = await refuseMisfit(trx, next);
    if (misfit) return misfit;
    const { name, page, query, is_shared, owner_id, updated_at } = next;
    const set = { name, page, query, is_shared, owner_id, version: next.version, updated_at };
    await trx.updateTable('saved_views').set(set).where('id', '=', id).execute();
    // For others it is gone.
    if (isShared === false)
      await trx.deleteFrom('opening_views').where('view_id', '=', id).where('person_id', '!=', viewer.id).execute();
    const isTakenBack = row.is_shared === 1 && next.is_shared === 0;
    await tell(workspace, trx, viewer, isTakenBack ? 'view.removed' : 'view.saved', isTakenBack ? row : next);
    return done;
  });
}

export async function deleteView(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  version: number,
): Promise<Done | Refusal> {
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findEditable(trx, viewer, project, id, version);
    if ('refused' in row) return row;
    await trx.deleteFrom('saved_views').where('id', '=', id).execute();
    await tell(workspace, trx, viewer, 'view.removed', row);
    return done;
  });
}

/** What the page begins with for the viewer; with null, everything. */
export async function setOpeningView(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  pageName: string,
  viewId: string | null,
): Promise<Done | Refusal> {
  const page: ViewPage | undefined = viewPages.find((each) => each === pageName);
  if (!page) return notFound('address');
  const refusal = refuse(viewer, 'view.keep', project.facts);
  if (refusal) return refusal;
  const place = { project_id: project.row.id, person_id: viewer.id, page };
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    if (viewId === null) {
      await trx
        .deleteFrom('opening_views')
        .where('project_id', '=', place.project_id)
        .where('person_id', '=', place.person_id)
        .where('page', '=', page)
        .execute();
      return done;
    }
    const row = await findView(trx, project.row.id, viewer, viewId);
    if (row?.page !== page) return notFound('view');
    await trx
      .insertInto('opening_views')
      .values({ ...place, view_id: viewId })
      .onConflict((conflict) => conflict.columns(['project_id', 'person_id', 'page']).doUpdateSet({ view_id: viewId }))
      .execute();
    return done;
  });
}

async function findEditable(
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  version: number,
): Promise<SavedViewRow | Refusal> {
  const row = await findView(trx, project.row.id, viewer, id);
  if (!row) return notFound('view');
  if (!mayEditView(viewer, project.facts, row))
    return refuse(viewer, row.is_shared === 1 ? 'view.share' : 'view.keep', project.facts) ?? notFound('view');
  return row.version === version ? row : changedMeanwhile('view');
}

/** Two of one name could not be told apart in one list; a list has a limit. */
async function refuseMisfit(trx: Executor, row: SavedViewRow): Promise<Refusal | undefined> {
  const others = trx
    .selectFrom('saved_views')
    .select('name')
    .where('project_id', '=', row.project_id)
    .where('id', '!=', row.id)
    .where('is_shared', '=', row.is_shared);
  const names = await (row.is_shared === 1 ? others : others.where('owner_id', '=', row.owner_id)).execute();
  if (names.some(({ name }) => name.toLowerCase() === row.name.toLowerCase())) return nameTaken(row.name);
  if (names.length < viewsMax) return undefined;
  return invalid([{ path: '', message: 'At most {max} views. Delete one first.', values: { max: viewsMax } }]);
}

async function tell(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  kind: 'view.saved' | 'view.removed',
  row: SavedViewRow,
): Promise<void> {
  if (row.is_shared === 0) return;
  const data = { title: row.name };
  await recordChange(workspace, trx, { projectId: row.project_id, actorId: viewer.id, kind, subjectId: row.id, data });
}
