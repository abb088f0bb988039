/**
 * Runs a suite of a store on every engine: a SQLite file in a temporary folder, and a real PostgreSQL where one is
 * installed. `again` opens the same database a second time, as another process or the next start would.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
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
      const folder = await mkdtemp(join(tmpdir(), 'gatehouse-identity-'));
      closers.push(() => rm(folder, { recursive: true, force: true }));
      return openMigrated({ dialect: 'sqlite', path: join(folder, 'identity.sqlite3') }, closers);
    });
  });
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
