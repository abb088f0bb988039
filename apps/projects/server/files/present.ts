/** Rows of files as the API shows them. Pure. */
import type { StoredFile } from '../../wire/file.ts';
import type { PersonRef } from '../../wire/me.ts';
import { can, ownedBy, type ProjectFacts, type Viewer } from '../projects/policy.ts';
import type { ToDoTables } from '../to-dos/schema.ts';

export type FileRow = ToDoTables['files'];

export function presentFile(
  viewer: Viewer,
  facts: ProjectFacts,
  row: FileRow,
  toDo: StoredFile['toDo'],
  by: PersonRef,
): StoredFile {
  return {
    id: row.id,
    name: row.name,
    bytes: row.bytes,
    imageType: row.image_type,
    toDo,
    by,
    createdAt: new Date(row.created_at).toISOString(),
    may: {
      remove: can(viewer, 'file.remove', facts) || can(viewer, 'file.removeOwn', ownedBy(row.uploaded_by, facts)),
    },
  };
}
