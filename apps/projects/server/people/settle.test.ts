/** Settling people on SQLite and on a real PostgreSQL. */
import { after, before } from 'node:test';
import { type Database, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { frameMigrations, frameNamespace } from '../storage/migrations.ts';
import type { PersonTables } from './person.ts';
import { settleSuite } from './settle.suite.ts';

const opened: Database<PersonTables>[] = [];
let postgres: PostgresServer;

before(async () => {
  postgres = await startPostgres();
});

after(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await postgres.stop();
});

settleSuite('sqlite', async () => {
  const database = await openDatabase<PersonTables>({ dialect: 'sqlite', path: ':memory:' });
  opened.push(database);
  await migrate(database, frameNamespace, frameMigrations);
  return database;
});

settleSuite('postgres', async () => {
  const database = await openDatabase<PersonTables>({ dialect: 'postgres', ...postgres, connectionsMax: 4 });
  opened.push(database);
  await migrate(database, frameNamespace, frameMigrations);
  await database.kysely.deleteFrom('people').execute();
  return database;
});
