/** Reads what is known of the files of a project, with those of its to-dos, or of one to-do alone; the latest first. */
import { filesOfProjectMax, type StoredFile } from '../../wire/file.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { presentFile } from './present.ts';

/** Those of the project itself are all among them. */
const filesMax = 500 + filesOfProjectMax;

export type FileFilter = { readonly toDoId?: string; readonly fileId?: string };

export async function readFiles(
  db: Executor,
  viewer: Viewer,
  project: SeenProject,
  filter: FileFilter,
): Promise<StoredFile[]> {
  const rows = await selectFiles(db, project, filter)
    .leftJoin('people', 'people.id', 'files.uploaded_by')
    .selectAll('files')
    .select(['to_dos.number', 'to_dos.title', 'people.name as byName'])
    .orderBy((expression) => expression('files.to_do_id', 'is not', null))
    .orderBy('files.created_at', 'desc')
    .orderBy('files.id')
    .limit(filesMax)
    .execute();
  const latestFirst = rows.toSorted((a, b) => Number(b.created_at) - Number(a.created_at));
  return latestFirst.map(({ number, title, byName, ...row }) =>
    presentFile(viewer, project.facts, row, number === null || title === null ? null : { number, title }, {
      id: row.uploaded_by,
      name: byName ?? 'Somebody who left',
    }),
  );
}

export async function sumBytes(db: Executor, project: SeenProject, filter: FileFilter): Promise<number> {
  const { sum } = await selectFiles(db, project, filter)
    .select(({ fn }) => fn.sum<number | null>('files.bytes').as('sum'))
    .executeTakeFirstOrThrow();
  return Number(sum ?? 0);
}

function selectFiles(db: Executor, project: SeenProject, { toDoId, fileId }: FileFilter) {
  let query = db
    .selectFrom('files')
    .leftJoin('to_dos', 'to_dos.id', 'files.to_do_id')
    .where('files.project_id', '=', project.row.id)
    .where('to_dos.deleted_at', 'is', null)
    .where('files.removed_at', 'is', null);
  if (toDoId !== undefined) query = query.where('files.to_do_id', '=', toDoId);
  if (fileId !== undefined) query = query.where('files.id', '=', fileId);
  return query;
}
