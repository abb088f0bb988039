/** Saved views as the API shows them, with what the viewer may do. Pure. */
import type { SavedView } from '../../wire/saved-view.ts';
import { can, type ProjectFacts, type Viewer } from '../projects/policy.ts';
import type { SavedViewTables } from './schema.ts';

export type SavedViewRow = SavedViewTables['saved_views'];
export type FoundView = SavedViewRow & { readonly owner_name: string | null; readonly opening_id: string | null };

/** What is shared belongs to everybody who may share; what is not, to its owner alone. */
export function mayEditView(viewer: Viewer, facts: ProjectFacts, row: SavedViewRow): boolean {
  if (row.is_shared === 1) return can(viewer, 'view.share', facts);
  return row.owner_id === viewer.id && can(viewer, 'view.keep', facts);
}

export function presentView(viewer: Viewer, facts: ProjectFacts, row: FoundView): SavedView {
  return {
    id: row.id,
    name: row.name,
    page: row.page,
    query: row.query,
    isShared: row.is_shared === 1,
    owner: { id: row.owner_id, name: row.owner_name ?? 'Somebody who is gone' },
    opens: row.opening_id !== null,
    version: row.version,
    may: { edit: mayEditView(viewer, facts, row), share: can(viewer, 'view.share', facts) },
  };
}
