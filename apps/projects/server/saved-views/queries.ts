/** Reads the saved views of a project that somebody may see: their own and those that are shared. */
import { viewsMax } from '../../wire/saved-view.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { FoundView, SavedViewRow } from './present.ts';

/** By name. */
export function listViews(db: Executor, projectId: string, viewer: Viewer): Promise<FoundView[]> {
  return db
    .selectFrom('saved_views')
    .leftJoin('people', 'people.id', 'saved_views.owner_id')
    .leftJoin('opening_views', (join) =>
      join
        .onRef('opening_views.view_id', '=', 'saved_views.id')
        .onRef('opening_views.page', '=', 'saved_views.page')
        .on('opening_views.person_id', '=', viewer.id),
    )
    .selectAll('saved_views')
    .select(['people.name as owner_name', 'opening_views.view_id as opening_id'])
    .where('saved_views.project_id', '=', projectId)
    .where((where) => where.or([where('saved_views.is_shared', '=', 1), where('saved_views.owner_id', '=', viewer.id)]))
    .orderBy('saved_views.name')
    .orderBy('saved_views.id')
    .limit(2 * viewsMax)
    .execute();
}

export function findView(
  db: Executor,
  projectId: string,
  viewer: Viewer,
  id: string,
): Promise<SavedViewRow | undefined> {
  return db
    .selectFrom('saved_views')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where((where) => where.or([where('is_shared', '=', 1), where('owner_id', '=', viewer.id)]))
    .executeTakeFirst();
}
