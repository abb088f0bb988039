/** A migrated PostgreSQL database for each test: the migrations run once in a file, the others are copies of what they made. */
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { postgresOfFile } from '@gatehouse/testing/postgres-of-file.ts';
import { sql } from 'kysely';
import type { Tables } from '../api/workspace.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from './migrations.ts';

const original = 'migrated';
let prepared: Promise<void> | undefined;
let copies = 0;

export async function migratedPostgres(): Promise<DatabaseLocation> {
  prepared ??= prepare();
  await prepared;
  const copy = `copy_${++copies}`;
  await run((name) => sql`create database ${sql.id(name)} template ${sql.id(original)}`, copy);
  return locate(copy);
}

async function prepare(): Promise<void> {
  await run((name) => sql`create database ${sql.id(name)}`, original);
  const database = await openDatabase<Tables>(await locate(original));
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  // While somebody is connected there can be no copies.
  await database.close();
}

async function run(statement: (name: string) => ReturnType<typeof sql>, name: string): Promise<void> {
  const database = await openDatabase<Tables>(await locate());
  try {
    await statement(name).execute(database.kysely);
  } finally {
    await database.close();
  }
}

async function locate(name?: string): Promise<DatabaseLocation> {
  const { host, port, database, schema, username, password } = await postgresOfFile();
  return { dialect: 'postgres', host, port, database: name ?? database, schema, username, password };
}
