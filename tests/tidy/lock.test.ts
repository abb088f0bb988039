/** What the lock file holds, as far as `npm ci` needs it on machines other than the one that wrote it. Asks no registry. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

type Locked = { readonly version?: string; readonly optionalDependencies?: Readonly<Record<string, string>> };

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

// npm leaves out the builds that the registry of the moment did not offer, and npm ci then refuses the file.
test('the lock file names the build of every platform, not only of the one it was written on', () => {
  const places = Object.keys(packages);
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    .filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)));
  assert.deepEqual(missing, []);
});

// npm ci makes them executable; a tree that is clean before must be clean after.
test('the commands that npm links are executable in the tree', () => {
  const listed = execFileSync('git', ['ls-files', '--stage', 'apps/*/*.js'], { cwd: root, encoding: 'utf8' });
  const lines = listed.trim().split('\n');
  assert.equal(lines.length, 2);
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('100755 ')),
    [],
  );
});
