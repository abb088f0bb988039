/**
 * Runs a suite of a store on every engine: a SQLite file in a temporary folder, and a real PostgreSQL where one is
 * installed. `again` opens the same database a second time, as another process or the next start would.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sql } from 'kysely';
import { identityMigrations, identityNamespace } from './migrations.ts';
import type { IdentityDatabase, IdentityTables } from './tables.ts';

export type TestDatabase = {
  readonly database: IdentityDatabase;
  again(): Promise<IdentityDatabase>;
};

/** `define` holds `test(…)` calls; each of them opens a database of its own with `open`, closed after the suite. */
export function onEveryDatabase(title: string, define: (open: () => Promise<TestDatabase>) => void): void {
  describe(`${title} on SQLite`, () => {
    const closers: (() => Promise<void>)[] = [];
    after(async () => {
      for (const close of closers.reverse()) await close();
    });
    define(async () => {
      const folder = temporaryFolder('identity');
      closers.push(folder.remove);
      return openMigrated({ dialect: 'sqlite', path: join(folder.path, 'identity.sqlite3') }, closers);
    });
  });

  describe(`${title} on PostgreSQL`, { skip: needs('postgresql') }, () => {
    let server: PostgresServer;
    const closers: (() => Promise<void>)[] = [];
    before(async () => {
      server = await startPostgres();
      closers.push(server.stop);
    });
    after(async () => {
      for (const close of closers.reverse()) await close();
    });
    define(async () => {
      return openMigrated(await placeOfItsOwn(server), closers);
    });
  });
}

/** One migrated schema of its own, for tests that are not about storage and want the other engine once. */
export async function openPostgresDatabase(server: PostgresServer): Promise<IdentityDatabase> {
  return openAndMigrate(await placeOfItsOwn(server));
}

async function placeOfItsOwn(server: PostgresServer): Promise<DatabaseLocation> {
  const schema = `s${randomUUID().replaceAll('-', '')}`;
  const { host, port, database, username, password } = server;
  const location = { dialect: 'postgres', host, port, database, username, password, connectionsMax: 4 } as const;
  const owner = await openDatabase({ ...location, schema: 'public' });
  await sql`create schema ${sql.id(schema)}`.execute(owner.kysely);
  await owner.close();
  return { ...location, schema };
}

/** One migrated SQLite database in memory, for tests that are not about storage. */
export async function openMemoryDatabase(): Promise<IdentityDatabase> {
  return await openAndMigrate({ dialect: 'sqlite', path: ':memory:' });
}

async function openMigrated(location: DatabaseLocation, closers: (() => Promise<void>)[]): Promise<TestDatabase> {
  async function again(): Promise<IdentityDatabase> {
    const database = await openAndMigrate(location);
    closers.push(() => database.close());
    return database;
  }
  return { database: await again(), again };
}

async function openAndMigrate(location: DatabaseLocation): Promise<IdentityDatabase> {
  const database = await openDatabase<IdentityTables>(location);
  await migrate(database, identityNamespace, identityMigrations);
  return database;
}
