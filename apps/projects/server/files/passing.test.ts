/** Files on their way into the store: whole or not at all, and none stays in the temporary folder for ever. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';

const dayMs = 24 * 60 * 60_000;

/** In a process of its own: the temporary folder, and how large a file may be, are the process’s. `script` prints. */
function runIn(folder: string, script: string, { fileBlocksMax = 'unlimited' } = {}): string {
  // A file beyond the limit is a failed write and not a signal.
  const shell = `trap '' XFSZ; ulimit -f ${fileBlocksMax}; exec "$0" --input-type=module-typescript -e "$1"`;
  const env = { ...process.env, TMPDIR: folder, NODE_COMPILE_CACHE: '' };
  return execFileSync('sh', ['-c', shell, process.execPath, script], { env, encoding: 'utf8' }).trim();
}

const urlOf = (file: string): string => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));

test('an upload that the disk took a part of is a failure and leaves nothing', async () => {
  await using folder = temporaryFolder('passing');
  const script = `
    const { receive } = await import(${urlOf('./files.ts')});
    const body = new Blob([Buffer.alloc(10_000, 'x')]).stream();
    console.log(await receive(body, 'an-upload', 1_000_000).then(({ bytes }) => bytes, ({ code }) => code));`;
  assert.equal(runIn(folder.path, script), '10000', 'as long as there is room');
  assert.deepEqual(readdirSync(folder.path), ['gatehouse-passing-an-upload']);
  await using full = temporaryFolder('passing');
  // Blocks of 512 bytes: it takes four thousand and no more.
  assert.equal(runIn(full.path, script, { fileBlocksMax: '8' }), 'EFBIG');
  assert.deepEqual(readdirSync(full.path), []);
});

test('what a killed process left in the temporary folder goes a day later; what is on its way stays, and what is not ours', async () => {
  await using folder = temporaryFolder('passing');
  const script = `
    const { clearPassing, passingPath } = await import(${urlOf('./passing.ts')});
    await clearPassing(Date.now());
    console.log(passingPath('left'));`;
  const left = runIn(folder.path, script);
  const ages = { [left]: dayMs + 60_000, [`${left}-young`]: dayMs / 2, [`${folder.path}/others`]: 3 * dayMs };
  for (const [path, ageMs] of Object.entries(ages)) {
    writeFileSync(path, 'bytes');
    utimesSync(path, new Date(), new Date(Date.now() - ageMs));
  }
  runIn(folder.path, script);
  assert.deepEqual(readdirSync(folder.path).toSorted(), [`${basename(left)}-young`, 'others']);
});
