import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sql } from 'kysely';
import { type DatabaseLocation, openDatabase } from './database.ts';
import { checkEncryptionKey } from './encryption-check.ts';
import { EncryptionKeyWrong, MigrationFailed, SchemaNewer } from './failures.ts';
import { type Migration, migrate } from './migrate.ts';
import { openSealer } from './sealer.ts';

function step(name: string, statement: string): Migration {
  return { name, up: async (kysely) => void (await sql.raw(statement).execute(kysely)) };
}

function migrateSuite(name: string, skip: string | false, newLocation: () => Promise<DatabaseLocation>): void {
  describe(`migrations on ${name}`, { skip }, () => {
    const one = step('001-one', 'create table one (a integer)');
    const two = step('002-two', 'create table two (a integer)');

    test('each step runs once, in order, also when later ones are added', async () => {
      const database = await openDatabase(await newLocation());
      await migrate(database, 'house', [one]);
      await migrate(database, 'house', [one, two]);
      await migrate(database, 'house', [one, two]);
      await sql`insert into two values (1)`.execute(database.kysely);
      await database.close();
    });

    test('namespaces keep their own count', async () => {
      const database = await openDatabase(await newLocation());
      await migrate(database, 'house', [one]);
      await migrate(database, 'garden', [step('001-tree', 'create table tree (a integer)')]);
      await sql`insert into tree values (1)`.execute(database.kysely);
      await database.close();
    });

    test('processes that start at once apply each step once', async () => {
      const location = await newLocation();
      const program = `
        import { sql } from 'kysely';
        import { openDatabase } from ${JSON.stringify(import.meta.resolve('./database.ts'))};
        import { migrate } from ${JSON.stringify(import.meta.resolve('./migrate.ts'))};
        const database = await openDatabase(${JSON.stringify(location)});
        // A slow step: without a lock the others would begin it meanwhile.
        const step = (name) => ({ name, async up(kysely) {
          await new Promise((resolve) => setTimeout(resolve, 30));
          await sql.raw('create table ' + name + ' (a integer)').execute(kysely);
        } });
        process.stdout.write('ready');
        process.stdin.once('data', async () => {
          await migrate(database, 'house', ['one', 'two', 'three'].map(step));
          await database.close();
          process.exit();
        });`;
      const processes = Array.from({ length: 3 }, () =>
        spawn(process.execPath, ['--input-type=module', '-e', program], {
          cwd: import.meta.dirname,
          stdio: ['pipe', 'pipe', 'inherit'],
        }),
      );
      await Promise.all(processes.map((child) => once(child.stdout, 'data')));
      const ends = processes.map((child) => once(child, 'exit'));
      for (const child of processes) child.stdin.end('go');
      for (const [code] of await Promise.all(ends)) assert.equal(code, 0);
      const database = await openDatabase(location);
      await sql`select a from three`.execute(database.kysely);
      await database.close();
    });

    test('a database that a newer version has used is refused', async () => {
      const database = await openDatabase(await newLocation());
      await migrate(database, 'house', [one, two]);
      await assert.rejects(migrate(database, 'house', [one]), (failure) => {
        assert(failure instanceof SchemaNewer);
        assert.match(failure.message, /002-two/);
        return true;
      });
      await database.close();
    });

    test('a step that fails leaves nothing of itself and keeps those before it', async () => {
      const database = await openDatabase(await newLocation());
      const broken: Migration = {
        name: '002-broken',
        async up(kysely) {
          await sql`create table half (a integer)`.execute(kysely);
          await sql`insert into nowhere values (1)`.execute(kysely);
        },
      };
      await assert.rejects(migrate(database, 'house', [one, broken]), MigrationFailed);
      await assert.rejects(sql`select * from half`.execute(database.kysely));
      await migrate(database, 'house', [one, two]);
      await database.close();
    });

    test('the encryption key of the first start is the only one that starts again', async () => {
      const database = await openDatabase(await newLocation());
      await checkEncryptionKey(database, 'house', openSealer('the right encryption key'));
      await checkEncryptionKey(database, 'house', openSealer('the right encryption key'));
      await checkEncryptionKey(database, 'garden', openSealer('a key of its own'));
      const wrong = checkEncryptionKey(database, 'house', openSealer('the wrong encryption key'));
      await assert.rejects(wrong, (failure) => {
        assert(failure instanceof EncryptionKeyWrong);
        assert.match(failure.message, /storage\.encryption_key/);
        assert.doesNotMatch(failure.message, /the (right|wrong) encryption key/);
        return true;
      });
      await database.close();
    });
  });
}

const folder = temporaryFolder('migrate');
let places = 0;
after(() => folder.remove());
migrateSuite('SQLite', false, async () => {
  places += 1;
  return { dialect: 'sqlite', path: join(folder.path, `${places}.sqlite3`) };
});

const skip = needs('postgresql');
let server: PostgresServer;
before(async () => {
  if (!skip) server = await startPostgres();
});
after(() => server?.stop());
migrateSuite('PostgreSQL', skip, async () => {
  places += 1;
  const schema = `house_${places}`;
  const admin = await openDatabase({ dialect: 'postgres', ...server });
  await sql.raw(`create schema ${schema}`).execute(admin.kysely);
  await admin.close();
  return { dialect: 'postgres', ...server, schema };
});
