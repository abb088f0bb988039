/** What a batch promises where the disk fails, and where the file is named by a link. */
import assert from 'node:assert/strict';
import { fdatasync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openSqliteFile } from '../sqlite.ts';
import { openBatch, type Sync } from './sqlite-batch.ts';

async function openSetting(sync: Sync) {
  const folder = temporaryFolder('batch');
  symlinkSync('real.sqlite3', join(folder.path, 'named.sqlite3'));
  const file = openSqliteFile(join(folder.path, 'named.sqlite3'));
  file.exec('create table thing (name text)');
  const batch = openBatch(file, sync);
  return {
    folder: folder.path,
    batch,
    add: (name: string) => batch.write(() => file.prepare('insert into thing values (?)').run(name)),
    async [Symbol.asyncDispose]() {
      await batch.close();
      file.close();
      await folder.remove();
    },
  };
}

test('a disk that failed once is believed no more, also by those who waited meanwhile', async () => {
  let fails = true;
  const answers: ((failure: Error | null) => void)[] = [];
  await using setting = await openSetting((file, done) => {
    if (fails) answers.push(done);
    else fdatasync(file, done);
  });
  const first = setting.add('first');
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const meanwhile = setting.add('meanwhile');
  fails = false;
  answers.shift()?.(new RangeError('no disk'));
  await assert.rejects(first, /The disk did not keep what was written/);
  await assert.rejects(meanwhile, /The disk did not keep what was written/);
  await assert.rejects(setting.add('later'), /The disk did not keep what was written/);
});

test('the log that is synced is the one beside the file, not beside a link to it', async () => {
  const synced: string[] = [];
  await using setting = await openSetting((file, done) => {
    synced.push(readlinkSync(`/proc/self/fd/${file}`));
    fdatasync(file, done);
  });
  await setting.add('one');
  assert.deepEqual(synced, [join(setting.folder, 'real.sqlite3-wal')]);
});
