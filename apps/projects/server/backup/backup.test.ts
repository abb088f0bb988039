/**
 * Backups on both databases: taken while people work and restored elsewhere, across engines too. Everything that was
 * acknowledged before the backup began is there, and nothing is there by half.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sql } from 'kysely';
import { creationKeyHeader, fileNameHeader } from '../../wire/file.ts';
import { type Engine, openTestWorkspace, ownOrigin, type TestWorkspace } from '../api/workspace.testing.ts';
import { folderStore } from '../files/folder-store.ts';
import type { Person } from '../people/person.ts';
import { migratedPostgres } from '../storage/postgres.testing.ts';
import { creationKey } from '../to-dos/setting.testing.ts';
import { verifyArchive } from './archive.ts';
import { makeBackup } from './backup.ts';
import { BackupFailed } from './failure.ts';
import { restoreBackup } from './restore.ts';

const skip = needs('postgresql');
const pairs: readonly { from: Engine; to: Engine; skip: string | false }[] = [
  { from: 'SQLite', to: 'SQLite', skip: false },
  { from: 'PostgreSQL', to: 'PostgreSQL', skip },
  { from: 'SQLite', to: 'PostgreSQL', skip },
  { from: 'PostgreSQL', to: 'SQLite', skip },
];

type Place = { readonly location: DatabaseLocation; readonly filesFolder: string };

async function placeFor(engine: Engine, folder: string, name: string): Promise<Place> {
  const location: DatabaseLocation =
    engine === 'SQLite' ? { dialect: 'sqlite', path: join(folder, `${name}.sqlite3`) } : await migratedPostgres();
  return { location, filesFolder: join(folder, `${name}-files`) };
}

const partsOf = ({ location, filesFolder }: Place) => ({ database: location, files: folderStore(filesFolder) });

async function upload({ app }: TestWorkspace, person: Person, place: string, text: string): Promise<void> {
  const headers = {
    cookie: `person=${person.id}`,
    origin: ownOrigin,
    'content-type': 'application/octet-stream',
    [fileNameHeader]: 'note.txt',
    [creationKeyHeader]: creationKey(),
  };
  const path = `/api/v1/projects/WEB${place}/files`;
  assert.equal((await app.request(path, { method: 'POST', headers, body: text })).status, 201);
}

const textsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

/** Makes, moves, comments and uploads until told to stop; answers with the numbers that were acknowledged so far. */
function work(workspace: TestWorkspace, person: Person, statusId: string) {
  const done: number[] = [];
  let goesOn = true;
  const finished = (async () => {
    while (goesOn) {
      const title = `To-do ${done.length}`;
      const made = await workspace.ask(person, 'POST', '/projects/WEB/to-dos', {
        ...{ creationKey: creationKey(), title, tags: ['load'], assigneeIds: [person.id] },
      });
      const number = made.body.card?.number ?? 0;
      assert.equal(made.status, 201);
      await workspace.ask(person, 'POST', `/projects/WEB/to-dos/${number}/move`, { statusId, afterNumber: null });
      await workspace.ask(person, 'POST', `/projects/WEB/to-dos/${number}/comments`, {
        ...{ creationKey: creationKey(), body: `About ${number}` },
      });
      if (number % 5 === 0) await upload(workspace, person, `/to-dos/${number}`, `file of ${number}`);
      if (number % 5 === 1) await upload(workspace, person, '', `file beside ${number}`);
      done.push(number);
    }
  })();
  return {
    acknowledged: () => [...done],
    async until(count: number) {
      while (done.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
    async stop() {
      goesOn = false;
      await finished;
    },
  };
}

for (const { from, to, skip } of pairs)
  test(`a backup taken under load on ${from} is restored on ${to} with everything that was acknowledged`, {
    skip,
  }, async () => {
    await using folder = temporaryFolder('backup');
    const source = await placeFor(from, folder.path, 'source');
    const archive = join(folder.path, 'backup.tar.gz');
    await using workspace = await openTestWorkspace(from, source);
    const alice = await workspace.addPerson('Alice Example', 50);
    const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
    const worker = work(workspace, alice, made.body.project?.statuses[2]?.id ?? '');
    await worker.until(12);
    const before = worker.acknowledged();
    await makeBackup({ ...partsOf(source), nowMs: Date.now }, archive);
    await worker.stop();
    assert.ok(worker.acknowledged().length > before.length, 'people worked meanwhile');
    assert.equal(statSync(archive).mode & 0o777, 0o600);

    const target = await placeFor(to, folder.path, 'target');
    await restoreBackup(partsOf(target), archive, { replace: false });
    await using restored = await openTestWorkspace(to, target);
    const { kysely } = restored.database;
    const rows = await kysely.selectFrom('to_dos').select(['id', 'number', 'rank']).orderBy('number').execute();
    const numbers = rows.map(({ number }) => number);
    assert.deepEqual(
      before.filter((number) => !numbers.includes(number)),
      [],
    );
    assert.equal(new Set(numbers).size, numbers.length);
    assert.equal(new Set(rows.map(({ rank }) => rank)).size, rows.length);
    const { next_number: next } = await kysely.selectFrom('projects').select('next_number').executeTakeFirstOrThrow();
    assert.equal(next, Math.max(...numbers) + 1);
    const created = await kysely
      .selectFrom('to_do_history')
      .select('to_do_id')
      .where('field', '=', 'created')
      .execute();
    assert.equal(created.length, rows.length, 'no to-do is there by half');
    const files = await kysely.selectFrom('files').select(['id', 'sha256', 'to_do_id']).execute();
    assert.deepEqual(new Set(files.map(({ to_do_id }) => to_do_id === null)), new Set([true, false]));
    for (const { id, sha256 } of files) {
      const stream = await folderStore(target.filesFolder).open(id);
      assert.ok(stream, 'a file that is named can be had');
      const digest = await crypto.subtle.digest('SHA-256', await new Response(stream).arrayBuffer());
      assert.equal(Buffer.from(digest).toString('hex'), sha256);
    }

    // It goes on where it was: the next number, the next change, and the search.
    const person = await restored.addPerson('Bob Example', 50);
    const next_ = await restored.ask(person, 'POST', '/projects/WEB/to-dos', {
      creationKey: creationKey(),
      title: 'Afterwards',
    });
    assert.equal(next_.body.card?.number, next);
    const found = await restored.ask(person, 'GET', '/search?q=About%203');
    assert.ok(JSON.stringify(found.body).includes('"number":3'), JSON.stringify(found.body).slice(0, 300));
  });

test('a place that holds something is restored over with --replace alone', async () => {
  await using folder = temporaryFolder('backup');
  const source = await placeFor('SQLite', folder.path, 'source');
  const archive = join(folder.path, 'backup.tar.gz');
  await using workspace = await openTestWorkspace('SQLite', source);
  const alice = await workspace.addPerson('Alice Example', 50);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', { creationKey: creationKey(), title: 'Kept' });
  await upload(workspace, alice, '/to-dos/1', 'kept bytes');
  await makeBackup({ ...partsOf(source), nowMs: Date.now }, archive);
  const target = await placeFor('SQLite', folder.path, 'target');
  {
    await using other = await openTestWorkspace('SQLite', target);
    const bob = await other.addPerson('Bob Example', 50);
    await other.ask(bob, 'POST', '/projects', { creationKey: creationKey(), name: 'Garden', key: 'WEB' });
    await other.ask(bob, 'POST', '/projects/WEB/to-dos', { creationKey: creationKey(), title: 'Old' });
    await upload(other, bob, '/to-dos/1', 'old bytes');
  }
  assert.deepEqual(textsIn(target.filesFolder), ['old bytes']);
  await assert.rejects(restoreBackup(partsOf(target), archive, { replace: false }), /people or projects.*--replace/);
  assert.deepEqual(await namesIn(target), ['Garden']);
  await restoreBackup(partsOf(target), archive, { replace: true });
  assert.deepEqual(await namesIn(target), ['Website']);
  assert.deepEqual(textsIn(target.filesFolder), ['kept bytes'], 'the bytes of what was given up are gone');
  await assert.rejects(makeBackup({ ...partsOf(source), nowMs: Date.now }, archive), BackupFailed);
});

test('a backup that was cut off or altered is told as such and changes nothing', async () => {
  await using folder = temporaryFolder('backup');
  const source = await placeFor('SQLite', folder.path, 'source');
  const archive = join(folder.path, 'backup.tar.gz');
  await using workspace = await openTestWorkspace('SQLite', source);
  const alice = await workspace.addPerson('Alice Example', 50);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  await makeBackup({ ...partsOf(source), nowMs: Date.now }, archive);
  assert.equal((await verifyArchive(archive)).rows.projects, 1);
  const whole = readFileSync(archive);
  const target = await placeFor('SQLite', folder.path, 'target');
  for (const [name, bytes] of [
    ['cut', whole.subarray(0, whole.length - 200)],
    ['half', whole.subarray(0, whole.length / 2)],
    ['altered', Buffer.from(whole).fill(7, 300, 310)],
    ['other', Buffer.from('not a backup')],
  ] as const) {
    const broken = join(folder.path, name);
    writeFileSync(broken, bytes);
    await assert.rejects(restoreBackup(partsOf(target), broken, { replace: false }), BackupFailed, name);
  }
  await assert.rejects(restoreBackup(partsOf(target), join(folder.path, 'none'), { replace: false }), /no such file/);
  const database = await openDatabase(target.location);
  const { rows } = await sql`select name from sqlite_master`.execute(database.kysely);
  assert.deepEqual(rows, []);
  await database.close();
});

async function namesIn({ location }: Place): Promise<string[]> {
  const database = await openDatabase<{ projects: { name: string } }>(location);
  const rows = await database.kysely.selectFrom('projects').select('name').execute();
  await database.close();
  return rows.map(({ name }) => name);
}
