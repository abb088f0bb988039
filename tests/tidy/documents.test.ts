/** Documents tell the truth about the tree: every path they name exists. File lengths are reported, not judged. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { readText, root, sourceFiles, trackedFiles } from './tree.ts';

const paths = trackedFiles();
const documents = paths.filter((path) => path.endsWith('.md'));
const places = /^(apps|packages|guides|tests|docs|deploy|bench|scripts|\.ci)\//;

test('every relative link of a document leads to a file', () => {
  const broken = documents.flatMap((path) =>
    [...readText(path).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(join(root, normalize(join(dirname(path), target)))))
      .map((target) => `${path} links to ${target}`),
  );
  assert.deepEqual(broken, []);
});

test('every path that a document names in code exists', () => {
  const broken = documents.flatMap((path) =>
    [...readText(path).matchAll(/`([^`\n]+)`/g)]
      .map((match) => match[1] ?? '')
      .filter((code) => places.test(code) && !/[*{}<>…\s]/.test(code))
      .filter((code) => !existsSync(join(root, code.replace(/[:#].*$/, ''))))
      .map((code) => `${path} names ${code}`),
  );
  assert.deepEqual(broken, []);
});

test('lengths of source files are reported', (t) => {
  const lengths = sourceFiles(paths)
    .filter((file) => !/\.(test|suite)\.tsx?$/.test(file.path))
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length }))
    .sort((a, b) => b.lines - a.lines);
  const median = lengths[Math.floor(lengths.length / 2)]?.lines ?? 0;
  t.diagnostic(`${lengths.length} source files, median ${median} lines`);
  for (const file of lengths.filter((each) => each.lines > 300)) t.diagnostic(`${file.lines} lines: ${file.path}`);
  assert.ok(lengths.length > 0);
});
