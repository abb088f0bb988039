/** What may not stand in the tree: silenced checks, mocks of our own modules, download addresses, machine paths. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, trackedFiles } from './tree.ts';

const paths = trackedFiles();
const text = paths.filter((path) => /\.(ts|tsx|md|json|yml|css|html|sh)$/.test(path) || path.startsWith('.ci/'));
const self = 'tests/tidy/words.test.ts';

const forbidden: readonly { title: string; where: (path: string) => boolean; pattern: RegExp }[] = [
  {
    title: 'no check is silenced',
    where: (path) => /\.tsx?$/.test(path),
    pattern: /@ts-(ignore|nocheck|expect-error)|biome-ignore/,
  },
  { title: 'no module of ours is mocked', where: (path) => /\.tsx?$/.test(path), pattern: /\bmock\.(module|method)\(/ },
  {
    title: 'no test is left alone or set aside by hand',
    where: (path) => /\.(test|suite)\.ts$/.test(path),
    pattern: /\b(test|it|describe)\.(only|todo)\(/,
  },
  { title: 'no left-over marker', where: (path) => /\.tsx?$/.test(path), pattern: /\b(TODO|FIXME|XXX|HACK)\b/ },
  {
    title: 'the lock file names no download address',
    where: (path) => path === 'package-lock.json',
    pattern: /"resolved": "https?:/,
  },
  { title: 'no path of somebody’s machine', where: () => true, pattern: /(^|[\s'"`(=])\/(root|home\/[a-z]+|work)\// },
];

for (const rule of forbidden)
  test(rule.title, () => {
    const found = text
      .filter((path) => path !== self && rule.where(path))
      .flatMap((path) =>
        readText(path)
          .split('\n')
          .flatMap((line, index) =>
            rule.pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
          ),
      );
    assert.deepEqual(found, []);
  });
