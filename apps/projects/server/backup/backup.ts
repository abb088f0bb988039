/**
 * Makes a backup while the workspace runs: a snapshot of the database, then the bytes of every file that it names. A file's
 * bytes are there before its row and go after it, so what the snapshot names can be had, but for what is purged meanwhile.
 */
import { rename, rm, stat } from 'node:fs/promises';
import { appliedSteps } from '@gatehouse/storage/applied-steps.ts';
import { type Database, type DatabaseLocation, openDatabase, unhurried } from '@gatehouse/storage/database.ts';
import { type Kysely, sql } from 'kysely';
import type { FileStore } from '../files/store.ts';
import { type ArchiveWriter, type Manifest, verifyArchive, writeArchive } from './archive.ts';
import { BackupFailed } from './failure.ts';
import { encodeRows, readPages } from './rows.ts';
import { readTables, type Steps, stepsUpTo } from './tables.ts';

export type BackupSource = {
  readonly database: DatabaseLocation;
  readonly files: FileStore;
  readonly nowMs: () => number;
};

/** Throws `BackupFailed`. What stands at `path` afterwards was read again and is whole. */
export async function makeBackup(source: BackupSource, path: string): Promise<Manifest> {
  if (await exists(path)) throw new BackupFailed(`There is a file at '${path}' already. Name another one.`);
  const unfinished = `${path}.part`;
  try {
    await rm(unfinished, { force: true });
    await write(source, unfinished);
    const manifest = await verifyArchive(unfinished);
    await rename(unfinished, path);
    return manifest;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function write({ database, files, nowMs }: BackupSource, path: string): Promise<void> {
  const archive = writeArchive(path);
  await withSnapshot(database, `${path}-snapshot`, async (db, steps) => {
    const migrations = stepsUpTo(steps);
    if (!migrations || migrations.every(([, list]) => list.length === 0))
      throw new BackupFailed('This is no database of this workspace, or a newer version has changed it.');
    const rows: Record<string, number> = {};
    for (const table of await readTables(migrations)) {
      let page = 0;
      rows[table.name] = 0;
      for await (const some of readPages(db, table)) {
        rows[table.name] = (rows[table.name] ?? 0) + some.length;
        await archive.add(`tables/${table.name}/${String(++page).padStart(6, '0')}.jsonl`, encodeRows(some));
      }
    }
    const missingFiles = 'files' in rows ? await addFiles(db, files, archive) : [];
    const steady = Object.fromEntries(migrations.map(([namespace, list]) => [namespace, list.map(({ name }) => name)]));
    await archive.finish({ createdAt: new Date(nowMs()).toISOString(), steps: steady, rows, missingFiles });
  });
}

type FileTables = { files: { id: string; bytes: number; sha256: string } };

async function addFiles(db: Kysely<never>, store: FileStore, archive: ArchiveWriter): Promise<string[]> {
  const missing: string[] = [];
  const rows = await (db as unknown as Kysely<FileTables>)
    .selectFrom('files')
    .select(['id', 'bytes', 'sha256'])
    .execute();
  for (const { id, bytes, sha256 } of rows) {
    const content = await store.open(id);
    if (!content) missing.push(id);
    else if ((await archive.addStream(`files/${id}`, bytes, content)) !== sha256)
      throw new BackupFailed(`The file ${id} in the store is not what was put there. The backup was not made.`);
  }
  return missing;
}

/** One moment of the database, whatever is written meanwhile; nobody waits for it. */
async function withSnapshot(
  location: DatabaseLocation,
  copyPath: string,
  run: (db: Kysely<never>, steps: Steps) => Promise<void>,
): Promise<void> {
  if (location.dialect === 'sqlite' && !(await exists(location.path)))
    throw new BackupFailed(`There is no database at '${location.path}'.`);
  const database = await openDatabase<never>(unhurried(location));
  try {
    if (location.dialect === 'postgres') {
      const transaction = database.kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
      return await transaction.execute(async (trx) => run(trx, await stepsOf({ ...database, kysely: trx })));
    }
    // A transaction on the file itself would keep everybody else from writing.
    await rm(copyPath, { force: true });
    await sql`vacuum into ${copyPath}`.execute(database.kysely);
    const copy = await openDatabase<never>({ dialect: 'sqlite', path: copyPath });
    try {
      return await run(copy.kysely, await stepsOf(copy));
    } finally {
      await copy.close();
    }
  } finally {
    await database.close();
    for (const ending of ['', '-wal', '-shm']) await rm(`${copyPath}${ending}`, { force: true });
  }
}

async function stepsOf(database: Database<never>): Promise<Steps> {
  const steps: Record<string, string[]> = {};
  for (const { namespace, name } of await appliedSteps(database))
    if (namespace.startsWith('projects-')) steps[namespace] = [...(steps[namespace] ?? []), name];
  return steps;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
