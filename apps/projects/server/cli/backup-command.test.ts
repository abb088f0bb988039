/**
 * `projects backup` and `projects restore` as an administrator runs them, as processes: from SQLite and a folder to
 * PostgreSQL and a bucket and back again, and nothing is another than it was.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChild } from '@gatehouse/testing/child.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { type S3Server, startS3 } from '@gatehouse/testing/s3.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { creationKeyHeader, fileNameHeader } from '../../wire/file.ts';
import { openTestWorkspace, ownOrigin } from '../api/workspace.testing.ts';
import { type Manifest, verifyArchive } from '../backup/archive.ts';
import { creationKey } from '../to-dos/setting.testing.ts';

const main = fileURLToPath(new URL('../../projects.js', import.meta.url));
let runs = 0;

type Environment = Readonly<Record<string, string>>;

async function run(
  folder: string,
  environment: Environment,
  ...words: string[]
): Promise<{ code: unknown; said: string }> {
  await using child = await startChild({
    name: `run-${++runs}`,
    command: process.execPath,
    arguments: [main, ...words],
    folder,
    environment: { LEAN_SESSION_PASSWORD: 'a session password of a test', ...environment },
  });
  return { code: await child.ended, said: child.output() };
}

async function fill(path: string, filesFolder: string): Promise<void> {
  await using workspace = await openTestWorkspace('SQLite', { location: { dialect: 'sqlite', path }, filesFolder });
  const alice = await workspace.addPerson('Alice Example', 50);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  for (let number = 1; number <= 5; number++) {
    const more = { tags: ['door'], assigneeIds: [alice.id], priority: 2, dueOn: '2027-01-02' };
    await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', {
      creationKey: creationKey(),
      title: `Ünï ${number}`,
      ...more,
    });
    const comment = { creationKey: creationKey(), body: `About ${number} 🚪` };
    await workspace.ask(alice, 'POST', `/projects/WEB/to-dos/${number}/comments`, comment);
    const headers = {
      ...{ cookie: `person=${alice.id}`, origin: ownOrigin, 'content-type': 'application/octet-stream' },
      ...{ [fileNameHeader]: encodeURIComponent('Größe & Maß.txt'), [creationKeyHeader]: creationKey() },
    };
    const path = `/api/v1/projects/WEB/to-dos/${number}/files`;
    const answer = await workspace.app.request(path, { method: 'POST', headers, body: `file ${number}`.repeat(1000) });
    assert.equal(answer.status, 201);
  }
}

const onS3 = ({ endPoint, bucket, key, secret, region }: S3Server): Environment => ({
  LEAN_USE_S3: 'true',
  LEAN_S3_KEY: key,
  LEAN_S3_SECRET: secret,
  LEAN_S3_BUCKET: bucket,
  LEAN_S3_REGION: region,
  LEAN_S3_END_POINT: endPoint.replace('127.0.0.1', 'localhost'),
  LEAN_S3_USE_PATH_STYLE_ENDPOINT: 'true',
  LEAN_S3_FOLDER_NAME: 'files of the team',
});

const byName = (manifest: Manifest | undefined): Manifest['entries'] =>
  (manifest?.entries ?? []).toSorted((a, b) => a.name.localeCompare(b.name));

test('a workspace moves from SQLite and a folder to PostgreSQL and S3 and back, and is the same', {
  skip: needs('postgresql'),
}, async () => {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('moving')).path;
  const at = (name: string): string => join(folder, name);
  const [postgres, bucket] = [opened.use(await startPostgres()), opened.use(await startS3())];
  const onDisk = (name: string): Environment => ({
    LEAN_DB_DEFAULT_CONNECTION: 'sqlite',
    LEAN_DB_PATH: at(`${name}.sqlite3`),
    LEAN_USER_FILE_PATH: at(`${name}-files`),
  });
  const elsewhere: Environment = {
    LEAN_DB_DEFAULT_CONNECTION: 'pgsql',
    LEAN_DB_HOST: postgres.host,
    LEAN_DB_PORT: String(postgres.port),
    LEAN_DB_DATABASE: postgres.database,
    LEAN_DB_USER: postgres.username,
    LEAN_DB_PASSWORD: postgres.password,
    ...onS3(bucket),
  };
  const expectDone = async (environment: Environment, ...words: string[]): Promise<string> => {
    const { code, said } = await run(folder, environment, ...words);
    assert.equal(code, 0, said);
    return said;
  };
  await fill(at('first.sqlite3'), at('first-files'));

  assert.match(await expectDone(onDisk('first'), 'backup', at('first.tar.gz')), /Backed up \d+ rows.* and 5 files/);
  assert.match(await expectDone(elsewhere, 'restore', at('first.tar.gz')), /Restored \d+ rows.* and 5 files/);
  assert.equal(bucket.gate.passed.filter((line) => /^PUT .*files%20of%20the%20team/.test(line)).length, 5);
  await expectDone(elsewhere, 'backup', at('second.tar.gz'));
  await expectDone(onDisk('third'), 'restore', at('second.tar.gz'));
  await expectDone(onDisk('third'), 'backup', at('third.tar.gz'));
  const [first, second, third] = await Promise.all(
    ['first', 'second', 'third'].map((name) => verifyArchive(at(`${name}.tar.gz`))),
  );
  assert.ok((first?.rows.files ?? 0) === 5 && (first?.rows.stored_files ?? 0) === 5);
  assert.deepEqual(second?.rows, first?.rows);
  assert.deepEqual(byName(third), byName(first), 'every row and every byte');
  assert.deepEqual(third?.missingFiles, []);

  // What goes wrong is told in a sentence, and there is no archive of it.
  const refused = await run(folder, { ...elsewhere, LEAN_S3_SECRET: 'another' }, 'backup', at('refused.tar.gz'));
  assert.equal(refused.code, 1);
  assert.match(refused.said, /SignatureDoesNotMatch.*LEAN_S3_SECRET/);
  const full = await run(folder, onDisk('third'), 'restore', at('first.tar.gz'));
  assert.equal(full.code, 1);
  assert.match(full.said, /--replace/);
  const nothing = await run(folder, onDisk('fourth'), 'restore', at('nothing.tar.gz'));
  assert.equal(nothing.code, 1);
  for (const { said } of [refused, full, nothing]) assert.doesNotMatch(said, /\n {4}at /, 'no stack');
  assert.equal(existsSync(at('fourth.sqlite3')), false);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('refused')),
    [],
  );
});
