/** Adds and removes files of to-dos. What was removed is kept, unseen, so that removing can be undone, until its to-do is gone. */
import { rm } from 'node:fs/promises';
import { filesOfToDoMax } from '../../wire/file.ts';
import { refuse } from '../api/permit.ts';
import { fileTooLarge, invalid, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { can, ownedBy, type Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';
import { findToDo } from '../to-dos/queries.ts';
import { recordToDo } from '../to-dos/record.ts';
import { type Received, receive } from './files.ts';
import type { FileRow } from './present.ts';

export type Upload = {
  readonly name: string;
  readonly creationKey: string;
  readonly body: ReadableStream<Uint8Array>;
};

/** The bytes first, then the row: a file that is shown can be had. The same creation key again adds nothing. */
export async function addFile(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  upload: Upload,
): Promise<FileRow | Refusal> {
  const refusal = refuse(viewer, 'file.add', project.facts);
  if (refusal) return refusal;
  const { files, db } = workspace;
  const toDo = await findToDo(db, project, number);
  if (!toDo) return notFound('to-do');
  const full = await refuseFull(workspace, db, project, toDo.id, 0);
  if (full) return full;
  const id = workspace.newId();
  const received = await receive(upload.body, id, files.fileBytesMax);
  if (!received) return fileTooLarge(files.fileBytesMax);
  try {
    if (received.bytes === 0) return invalid([{ path: 'body', message: 'The file is empty.' }]);
    await files.store.put(id, received.path, received.sha256);
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
  number: number,
  { name, creationKey }: Upload,
  id: string,
  { bytes, sha256, imageType }: Received,
): Promise<FileRow | Refusal> {
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const toDo = await findToDo(trx, project, number);
    if (!toDo) return notFound('to-do');
    const made = await trx
      .selectFrom('files')
      .selectAll()
      .where('to_do_id', '=', toDo.id)
      .where('uploaded_by', '=', viewer.id)
      .where('creation_key', '=', creationKey)
      .executeTakeFirst();
    if (made) return made;
    const full = await refuseFull(workspace, trx, project, toDo.id, bytes);
    if (full) return full;
    const row: FileRow = {
      id,
      to_do_id: toDo.id,
      name,
      bytes,
      sha256,
      image_type: imageType,
      uploaded_by: viewer.id,
      creation_key: creationKey,
      created_at: workspace.now(),
      removed_at: null,
    };
    await trx.insertInto('files').values(row).execute();
    await recordToDo(workspace, trx, viewer, toDo, 'file.added', { fileId: id, name });
    return row;
  });
}

/** `removed` false brings it back. */
export async function setFileRemoved(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  fileId: string,
  removed: boolean,
): Promise<FileRow | Refusal> {
  return workspace.db.transaction().execute(async (trx) => {
    await holdProject(workspace, trx, project);
    const found = await findFile(trx, project, fileId);
    if (!found) return notFound('file');
    const { toDo, row } = found;
    const refusal = can(viewer, 'file.remove', project.facts)
      ? undefined
      : refuse(viewer, 'file.removeOwn', ownedBy(row.uploaded_by, project.facts));
    if (refusal) return refusal;
    if ((row.removed_at !== null) === removed) return row;
    const removed_at = removed ? workspace.now() : null;
    await trx.updateTable('files').set({ removed_at }).where('id', '=', row.id).execute();
    const kind = removed ? 'file.removed' : 'file.added';
    await recordToDo(workspace, trx, viewer, toDo, kind, { fileId: row.id, name: row.name });
    return { ...row, removed_at };
  });
}

export async function findFile(db: Executor, project: SeenProject, fileId: string) {
  const row = await db.selectFrom('files').selectAll().where('id', '=', fileId).executeTakeFirst();
  const toDo =
    row &&
    (await db
      .selectFrom('to_dos')
      .selectAll()
      .where('id', '=', row.to_do_id)
      .where('project_id', '=', project.row.id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst());
  return row && toDo ? { row, toDo } : undefined;
}

async function refuseFull(
  workspace: Workspace,
  db: Executor,
  project: SeenProject,
  toDoId: string,
  further: number,
): Promise<Refusal | undefined> {
  const { count } = await db
    .selectFrom('files')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('to_do_id', '=', toDoId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= filesOfToDoMax)
    return invalid([{ path: 'body', message: `A to-do has at most ${filesOfToDoMax} files.` }]);
  const { sum } = await db
    .selectFrom('files')
    .innerJoin('to_dos', 'to_dos.id', 'files.to_do_id')
    .select(({ fn }) => fn.sum<number | null>('files.bytes').as('sum'))
    .where('to_dos.project_id', '=', project.row.id)
    .executeTakeFirstOrThrow();
  if (Number(sum ?? 0) + further <= workspace.files.projectBytesMax) return undefined;
  const megabytes = Math.floor(workspace.files.projectBytesMax / 1_000_000);
  return invalid([{ path: 'body', message: `The files of a project take ${megabytes} MB at most, and it is full.` }]);
}
