/** Bytes that belong to nobody go by themselves, from a folder and from a bucket; those of an upload that goes on never do. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type S3Server, startS3 } from '@gatehouse/testing/s3.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { Kysely } from 'kysely';
import type { Workspace } from '../api/workspace.ts';
import { step as filesKnown } from '../storage/workspace/100-files-known.ts';
import { makeToDo, openSetting } from '../to-dos/setting.testing.ts';
import { folderStore } from './folder-store.ts';
import { s3Store } from './s3-store.ts';
import type { FileStore } from './store.ts';
import { markKept, putFile, sweepFiles } from './stored.ts';

const dayMs = 24 * 60 * 60_000;
const log = openLog({ level: 'error', format: 'json' });
let bucket: S3Server | undefined;
after(() => bucket?.[Symbol.asyncDispose]());

const cases = [
  { engine: 'SQLite', place: 'a folder', skip: false },
  { engine: 'SQLite', place: 'S3', skip: false },
  { engine: 'PostgreSQL', place: 'a folder', skip: needs('postgresql') },
] as const;

async function openCase({ engine, place }: (typeof cases)[number]) {
  await using opened = new AsyncDisposableStack();
  const setting = opened.use(await openSetting(engine));
  await makeToDo(setting, 'First');
  const { workspace } = setting;
  if (place === 'S3') bucket ??= await startS3();
  const store =
    place === 'S3' && bucket
      ? s3Store({ ...bucket, pathStyle: true, folder: randomUUID() })
      : folderStore(opened.use(temporaryFolder('stored')).path);
  const clock = { aheadMs: 0 };
  const parts = {
    ...workspace.parts,
    files: { ...workspace.parts.files, store },
    now: () => Date.now() + clock.aheadMs,
  };
  const everything = opened.move();
  return { parts, clock, sweep: () => sweepFiles(parts, log), [Symbol.asyncDispose]: () => everything.disposeAsync() };
}

async function put(parts: Pick<Workspace, 'db' | 'files' | 'now'>, key: string): Promise<void> {
  await using folder = temporaryFolder('put');
  const path = join(folder.path, 'content');
  writeFileSync(path, key);
  await putFile(parts, key, path, createHash('sha256').update(key).digest('hex'));
}

async function keepsOf(store: FileStore, keys: readonly string[]): Promise<string[]> {
  const there: string[] = [];
  for (const key of keys) {
    const stream = await store.open(key);
    if (stream) there.push(key);
    await stream?.cancel();
  }
  return there;
}

for (const each of cases)
  describe(`what belongs to nobody, in ${each.place} with ${each.engine}`, { skip: each.skip }, () => {
    test('goes after a day; what an upload has just put, what has a row and what others keep there stays', async () => {
      await using opened = await openCase(each);
      const { parts, clock, sweep } = opened;
      await put(parts, 'failed-upload');
      await put(parts, 'whole-file');
      await put(parts, 'purged-file');
      await parts.db.transaction().execute((trx) => markKept(trx, ['whole-file', 'purged-file']));
      await writeRow(parts, 'whole-file');
      await using others = temporaryFolder('others');
      writeFileSync(join(others.path, 'content'), 'x');
      const digest = createHash('sha256').update('x').digest('hex');
      await parts.files.store.put('of-another-house', join(others.path, 'content'), digest);
      const all = ['failed-upload', 'whole-file', 'purged-file', 'coming-file', 'of-another-house'];

      await sweep();
      assert.deepEqual(await keepsOf(parts.files.store, all), ['failed-upload', 'whole-file', 'of-another-house']);
      clock.aheadMs = dayMs + 1;
      await put(parts, 'coming-file');
      await sweep();
      assert.deepEqual(await keepsOf(parts.files.store, all), ['whole-file', 'coming-file', 'of-another-house']);
      const left = await parts.db.selectFrom('stored_files').select('key').orderBy('key').execute();
      assert.deepEqual(
        left.map(({ key }) => key),
        ['coming-file', 'whole-file'],
      );
    });

    test('a file that was removed goes a week later, and one that was brought back stays', async () => {
      await using opened = await openCase(each);
      const { parts, clock, sweep } = opened;
      const all = ['removed-file', 'restored-file'];
      for (const id of all) {
        await put(parts, id);
        await parts.db.transaction().execute((trx) => markKept(trx, [id]));
        await writeRow(parts, id);
      }
      await parts.db.updateTable('files').set({ removed_at: parts.now() }).where('id', '=', 'removed-file').execute();
      clock.aheadMs = 6 * dayMs;
      await sweep();
      assert.deepEqual(await keepsOf(parts.files.store, all), all);
      clock.aheadMs = 8 * dayMs;
      await sweep();
      assert.deepEqual(await keepsOf(parts.files.store, all), ['restored-file']);
    });

    test('a file of a time when none of its kind was written down goes as others do', async () => {
      await using opened = await openCase(each);
      const { parts, sweep } = opened;
      await put(parts, 'unknown-file');
      await writeRow(parts, 'unknown-file');
      await parts.db.deleteFrom('stored_files').execute();
      for (const again of ['once', 'twice']) {
        await filesKnown.up(parts.db as unknown as Kysely<unknown>, parts.dialect);
        await sweep();
        assert.deepEqual(await keepsOf(parts.files.store, ['unknown-file']), ['unknown-file'], again);
      }
      await parts.db.deleteFrom('files').execute();
      await sweep();
      assert.deepEqual(await keepsOf(parts.files.store, ['unknown-file']), []);
    });

    test('no file is made of bytes that are leaving', async () => {
      await using opened = await openCase(each);
      const { parts, clock, sweep } = opened;
      await put(parts, 'slow-upload');
      clock.aheadMs = dayMs + 1;
      await sweep();
      await assert.rejects(parts.db.transaction().execute((trx) => markKept(trx, ['slow-upload'])));
    });
  });

async function writeRow({ db }: Pick<Workspace, 'db'>, id: string): Promise<void> {
  const toDo = await db.selectFrom('to_dos').select(['id', 'project_id']).executeTakeFirstOrThrow();
  const facts = { name: 'a', bytes: 1, sha256: 'x', image_type: null, uploaded_by: 'alice', removed_at: null };
  await db
    .insertInto('files')
    .values({ id, project_id: toDo.project_id, to_do_id: toDo.id, ...facts, creation_key: id, created_at: 1 })
    .execute();
}
