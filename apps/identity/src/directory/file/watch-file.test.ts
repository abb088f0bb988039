import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { fileSignature, watchFile } from './watch-file.ts';

test('a file whose folder is away is watched all the same, and that nothing is reported is told', async () => {
  const folder = temporaryFolder('watch-file');
  const [away, path] = [join(folder.path, 'away'), join(folder.path, 'there', 'users.yml')];
  const seen = Promise.withResolvers<void>();
  const failures: unknown[] = [];
  const watch = watchFile({
    path,
    since: await fileSignature(path),
    changed: async () => seen.resolve(),
    failed: (cause) => void failures.push(cause),
  });
  // The clock of the watch keeps no process alive.
  const alive = setInterval(() => undefined, 1_000);
  try {
    await mkdir(away);
    await writeFile(join(away, 'users.yml'), 'users: {}\n');
    await rename(away, join(folder.path, 'there'));
    await seen.promise;
    assert.equal(failures.length, 1);
  } finally {
    clearInterval(alive);
    watch.close();
    await folder.remove();
  }
});
