/** Reads what is known of the files of a project or of one to-do, the latest first. */
import type { StoredFile } from '../../wire/file.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { presentFile } from './present.ts';

const filesMax = 500;

export type FileFilter = { readonly toDoId?: string; readonly fileId?: string };

export async function readFiles(
  db: Executor,
  viewer: Viewer,
  project: SeenProject,
  { toDoId, fileId }: FileFilter,
): Promise<StoredFile[]> {
  let query = db
    .selectFrom('files')
    .innerJoin('to_dos', 'to_dos.id', 'files.to_do_id')
    .leftJoin('people', 'people.id', 'files.uploaded_by')
    .where('to_dos.project_id', '=', project.row.id)
    .where('to_dos.deleted_at', 'is', null)
    .where('files.removed_at', 'is', null)
    .selectAll('files')
    .select(['to_dos.number', 'to_dos.title', 'people.name as byName'])
    .orderBy('files.created_at', 'desc')
    .orderBy('files.id')
    .limit(filesMax);
  if (toDoId !== undefined) query = query.where('files.to_do_id', '=', toDoId);
  if (fileId !== undefined) query = query.where('files.id', '=', fileId);
  const rows = await query.execute();
  return rows.map(({ number, title, byName, ...row }) =>
    presentFile(
      viewer,
      project.facts,
      row,
      { number, title },
      { id: row.uploaded_by, name: byName ?? 'Somebody who left' },
    ),
  );
}
