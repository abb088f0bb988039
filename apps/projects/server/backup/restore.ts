/**
 * Puts a backup into an empty place: the archive is read whole and compared first, then the files, then the database at the
 * step it was taken at, and then on to today's. Between SQLite and PostgreSQL either way.
 */

import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { appliedSteps } from '@gatehouse/storage/applied-steps.ts';
import { type Database, openDatabase, unhurried } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { type Kysely, sql } from 'kysely';
import { passingPath } from '../files/passing.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from '../storage/migrations.ts';
import { collect, type Manifest, readEntries, verifyArchive } from './archive.ts';
import type { BackupSource } from './backup.ts';
import { BackupFailed } from './failure.ts';
import { decodeRows, writeRows } from './rows.ts';
import { readTables, stepsUpTo, type Table } from './tables.ts';

const pageBytesMax = 512_000_000;

/** `replace`: what is there is given up. Throws `BackupFailed`, and has then changed nothing unless it says so. */
export async function restoreBackup(
  target: Omit<BackupSource, 'nowMs'>,
  path: string,
  { replace }: { readonly replace: boolean },
): Promise<Manifest> {
  const manifest = await verifyArchive(path);
  const migrations = stepsUpTo(manifest.steps);
  if (!migrations)
    throw new BackupFailed('The backup was made by a newer version. Restore it with that version or a later one.');
  const tables = await readTables(migrations);
  const database = await openDatabase<never>(unhurried(target.database));
  try {
    if (!replace && !(await isEmpty(database)))
      throw new BackupFailed('There are people or projects in this database already. To give them up, add --replace.');
    const before = await keysOf(database);
    await restoreFiles(target, path, manifest);
    await clear(database, tables);
    for (const [namespace, steps] of migrations) await migrate(database, namespace, steps);
    await database.kysely.transaction().execute((trx) => restoreRows(trx as unknown as Kysely<never>, path, tables));
    await compareRows(database, manifest, tables);
    if (database.dialect === 'postgres') await setSequences(database.kysely, tables);
    await migrate(database, frameNamespace, frameMigrations);
    await migrate(database, workspaceNamespace, workspaceMigrations);
    const kept = filesIn(manifest);
    await removeFiles(
      target,
      before.filter((key) => !kept.has(key)),
    );
  } finally {
    await database.close();
  }
  return manifest;
}

type AnyTables = Record<string, Record<string, unknown>>;
const any = (db: Kysely<never>): Kysely<AnyTables> => db as unknown as Kysely<AnyTables>;

async function isEmpty(database: Database<never>): Promise<boolean> {
  const present = new Set((await database.kysely.introspection.getTables()).map(({ name }) => name));
  for (const name of ['people', 'projects'])
    if (present.has(name) && (await any(database.kysely).selectFrom(name).select('id').limit(1).executeTakeFirst()))
      return false;
  return true;
}

/** What the store holds for this database. */
async function keysOf(database: Database<never>): Promise<string[]> {
  const present = (await database.kysely.introspection.getTables()).some(({ name }) => name === 'stored_files');
  const rows = present ? await any(database.kysely).selectFrom('stored_files').select('key').execute() : [];
  return rows.map(({ key }) => String(key));
}

const idOf = (entry: string): string | undefined => /^files\/(.+)$/.exec(entry)?.[1];

const filesIn = ({ entries }: Manifest): Set<string> => new Set(entries.flatMap(({ name }) => idOf(name) ?? []));

/** Of what was given up. */
async function removeFiles({ files }: Pick<BackupSource, 'files'>, keys: readonly string[]): Promise<void> {
  try {
    for (const key of keys) await files.remove(key);
  } catch (cause) {
    throw new BackupFailed(
      'Everything is restored. Files of what was there before could not be removed: restore again with --replace, or remove them by hand.',
      { cause },
    );
  }
}

async function restoreFiles({ files }: Pick<BackupSource, 'files'>, path: string, manifest: Manifest): Promise<void> {
  const digests = new Map(manifest.entries.map(({ name, sha256 }) => [name, sha256]));
  for await (const { name, content } of readEntries(path)) {
    const id = idOf(name);
    if (id === undefined) continue;
    const passing = passingPath(randomUUID());
    try {
      await writeFile(passing, content, { mode: 0o600, flag: 'wx' });
      await files.put(id, passing, digests.get(name) ?? '');
    } finally {
      await rm(passing, { force: true });
    }
  }
}

/** Whatever tables of ours are there, of this or another version, go with what hangs on them. */
async function clear(database: Database<never>, tables: readonly Table[]): Promise<void> {
  const ours = new Set([...tables.map(({ name }) => name), ...(await tablesOfToday())]);
  const present = (await database.kysely.introspection.getTables()).map(({ name }) => name);
  const steps = await appliedSteps(database);
  await database.kysely.transaction().execute(async (trx) => {
    const cascade = database.dialect === 'postgres' ? sql` cascade` : sql``;
    // Search first: its triggers would still ask for it.
    const doomed = present.filter((name) => ours.has(name) || name.startsWith('search_'));
    if (database.dialect === 'sqlite')
      for (const trigger of await triggersOf(trx)) await sql`drop trigger ${sql.id(trigger)}`.execute(trx);
    for (const name of doomed.sort((a, b) => order(tables, b) - order(tables, a)))
      await sql`drop table if exists ${sql.table(name)}${cascade}`.execute(trx);
    if (database.dialect === 'postgres')
      for (const made of await functionsOf(trx)) await sql.raw(`drop function ${made} cascade`).execute(trx);
    if (steps.length > 0)
      await any(trx).deleteFrom('gatehouse_migrations').where('namespace', 'like', 'projects-%').execute();
  });
}

/** What refers to others stands behind them, and goes before them. */
const order = (tables: readonly Table[], name: string): number => {
  const index = tables.findIndex((table) => table.name === name);
  return index < 0 ? Number.MAX_SAFE_INTEGER : index;
};

async function tablesOfToday(): Promise<string[]> {
  const today: [string, typeof frameMigrations][] = [
    [frameNamespace, frameMigrations],
    [workspaceNamespace, workspaceMigrations],
  ];
  return (await readTables(today)).map(({ name }) => name);
}

async function triggersOf(trx: Kysely<never>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(trx);
  return rows.map(({ name }) => name);
}

async function functionsOf(trx: Kysely<never>): Promise<string[]> {
  const { rows } = await sql<{ signature: string }>`select p.oid::regprocedure::text as signature from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace where n.nspname = current_schema() and p.proname ~ '^(search|progress)_'`.execute(
    trx,
  );
  return rows.map(({ signature }) => signature);
}

/** In the order of the tables, whatever order the archive has. */
async function restoreRows(trx: Kysely<never>, path: string, tables: readonly Table[]): Promise<void> {
  const known = new Map(tables.map((table) => [table.name, table]));
  for await (const { name, content } of readEntries(path)) {
    const table = known.get(/^tables\/(\w+)\//.exec(name)?.[1] ?? '');
    if (table) await writeRows(trx, table, decodeRows(await collect(content, pageBytesMax)));
  }
}

async function compareRows(database: Database<never>, { rows }: Manifest, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    const { count } = await any(database.kysely)
      .selectFrom(name)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) !== rows[name])
      throw new BackupFailed(
        `Of ${rows[name]} rows of '${name}', ${count} arrived. The database is not whole: restore again with --replace.`,
      );
  }
}

/** New rows go on after the highest number that was restored. */
async function setSequences(db: Kysely<never>, tables: readonly Table[]): Promise<void> {
  for (const { name, key } of tables) {
    const [column] = key;
    if (!column) continue;
    const { rows } = await sql<{
      sequence: string | null;
    }>`select pg_get_serial_sequence(${name}, ${column}) as sequence`.execute(db);
    const sequence = rows[0]?.sequence;
    if (sequence)
      await sql`select setval(${sequence}::regclass, coalesce((select max(${sql.ref(column)}) from ${sql.table(name)}), 0) + 1, false)`.execute(
        db,
      );
  }
}
