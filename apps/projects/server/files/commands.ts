/** Adds and removes files of projects and to-dos. What was removed is kept, unseen and uncounted, for as long as removing can be undone. */
import { rm } from 'node:fs/promises';
import type { ChangeFacts } from '../../wire/change.ts';
import { filesOfProjectMax, filesOfToDoMax } from '../../wire/file.ts';
import { refuse } from '../api/permit.ts';
import { fileTooLarge, invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { can, ownedBy, type Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';
import type { ToDoRow } from '../to-dos/present.ts';
import { findToDo } from '../to-dos/queries.ts';
import { recordToDo } from '../to-dos/record.ts';
import { type Received, receive } from './files.ts';
import type { FileRow } from './present.ts';
import { markKept, putFile } from './stored.ts';

export type Upload = {
  readonly name: string;
  readonly creationKey: string;
  readonly body: ReadableStream<Uint8Array>;
};

/** The to-do that a file hangs on, or null for the project itself. */
type Place = ToDoRow | null;

/**
 * To a to-do by its number, or to the project itself. The bytes first, then the row: a file that is shown can be had. The same
 * creation key again adds nothing.
 */
export async function addFile(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number | null,
  upload: Upload,
): Promise<FileRow | Refusal> {
  const refusal = refuse(viewer, 'file.add', project.facts);
  if (refusal) return refusal;
  const { files, db } = workspace;
  const place = await findPlace(db, project, number);
  if (place === undefined) return notFound('to-do');
  const full = await refuseFull(workspace, db, project, place, 0);
  if (full) return full;
  const id = workspace.newId();
  const received = await receive(upload.body, id, files.fileBytesMax);
  if (!received) return fileTooLarge(files.fileBytesMax);
  try {
    if (received.bytes === 0) return invalid([{ path: 'body', message: 'The file is empty.' }]);
    await putFile(workspace, id, received.path, received.sha256);
  } finally {
    await rm(received.path, { force: true });
  }
  const row = await keepRow(workspace, viewer, project, number, upload, id, received);
  if (isRefusal(row) || row.id !== id) await files.removeAll([id]);
  return row;
}

async function keepRow(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number | null,
  { name, creationKey }: Upload,
  id: string,
  { bytes, sha256, imageType }: Received,
): Promise<FileRow | Refusal> {
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const place = await findPlace(trx, project, number);
    if (place === undefined) return notFound('to-do');
    const made = await selectAt(trx, project, place)
      .selectAll()
      .where('uploaded_by', '=', viewer.id)
      .where('creation_key', '=', creationKey)
      .executeTakeFirst();
    if (made) return made;
    const full = await refuseFull(workspace, trx, project, place, bytes);
    if (full) return full;
    const row: FileRow = {
      id,
      project_id: project.row.id,
      to_do_id: place?.id ?? null,
      name,
      bytes,
      sha256,
      image_type: imageType,
      uploaded_by: viewer.id,
      creation_key: creationKey,
      created_at: workspace.now(),
      removed_at: null,
      removed_by: null,
    };
    await trx.insertInto('files').values(row).execute();
    await markKept(trx, [id]);
    await recordFile(workspace, trx, viewer, project, place, 'file.added', { fileId: id, name });
    return row;
  });
}

/** `removed` false brings it back, which is for who removed it and for who may remove the files of others. */
export async function setFileRemoved(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  fileId: string,
  removed: boolean,
): Promise<FileRow | Refusal> {
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const found = await findFile(trx, project, fileId);
    if (!found) return notFound('file');
    const { toDo, row } = found;
    const wasTakenAway = row.removed_at !== null && row.removed_by !== viewer.id;
    const refusal =
      can(viewer, 'file.remove', project.facts) || (wasTakenAway && !removed)
        ? refuse(viewer, 'file.remove', project.facts)
        : refuse(viewer, 'file.removeOwn', ownedBy(row.uploaded_by, project.facts));
    if (refusal) return refusal;
    if ((row.removed_at !== null) === removed) return row;
    const full = removed ? undefined : await refuseFull(workspace, trx, project, toDo, row.bytes);
    if (full) return full;
    const set = removed
      ? { removed_at: workspace.now(), removed_by: viewer.id }
      : { removed_at: null, removed_by: null };
    await trx.updateTable('files').set(set).where('id', '=', row.id).execute();
    const kind = removed ? 'file.removed' : 'file.added';
    const facts = { fileId: row.id, name: row.name, ...(!removed && { restored: true }) };
    await recordFile(workspace, trx, viewer, project, toDo, kind, facts);
    return { ...row, ...set };
  });
}

/** Where it hangs too; undefined for one of another project or of a to-do in the trash. */
export async function findFile(
  db: Executor,
  project: SeenProject,
  fileId: string,
): Promise<{ readonly row: FileRow; readonly toDo: Place } | undefined> {
  const row = await db
    .selectFrom('files')
    .selectAll()
    .where('id', '=', fileId)
    .where('project_id', '=', project.row.id)
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.to_do_id === null) return { row, toDo: null };
  const toDo = await db
    .selectFrom('to_dos')
    .selectAll()
    .where('id', '=', row.to_do_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return toDo && { row, toDo };
}

async function findPlace(db: Executor, project: SeenProject, number: number | null): Promise<Place | undefined> {
  return number === null ? null : findToDo(db, project, number);
}

/** The files at one place, removed ones too. */
function selectAt(db: Executor, project: SeenProject, place: Place) {
  const files = db.selectFrom('files');
  return place
    ? files.where('to_do_id', '=', place.id)
    : files.where('project_id', '=', project.row.id).where('to_do_id', 'is', null);
}

function recordFile(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  { row }: SeenProject,
  place: Place,
  kind: 'file.added' | 'file.removed',
  facts: ChangeFacts,
): Promise<void> {
  if (place) return recordToDo(workspace, trx, viewer, place, kind, facts);
  const data = { title: row.name, ...facts };
  return recordChange(workspace, trx, { projectId: row.id, actorId: viewer.id, kind, subjectId: row.id, data });
}

async function refuseFull(
  workspace: Workspace,
  db: Executor,
  project: SeenProject,
  place: Place,
  further: number,
): Promise<Refusal | undefined> {
  const { count } = await selectAt(db, project, place)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) >= (place ? filesOfToDoMax : filesOfProjectMax)) return tooMany(place);
  const { sum } = await db
    .selectFrom('files')
    .select(({ fn }) => fn.sum<number | null>('bytes').as('sum'))
    .where('project_id', '=', project.row.id)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(sum ?? 0) + further <= workspace.files.projectBytesMax) return undefined;
  const megabytes = Math.floor(workspace.files.projectBytesMax / 1_000_000);
  return invalid([
    {
      path: 'body',
      message: 'The files of a project take {megabytes} MB at most, and it is full.',
      values: { megabytes },
    },
  ]);
}

function tooMany(place: Place): Refusal {
  return invalid([
    place
      ? { path: 'body', message: 'A to-do has at most {max} files.', values: { max: filesOfToDoMax } }
      : {
          path: 'body',
          message: 'A project has at most {max} files beside those of its to-dos.',
          values: { max: filesOfProjectMax },
        },
  ]);
}
