/** Who may import what: the invariants of ARCHITECTURE.md, each as one rule that names the lines which break it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SourceFile, sourceFiles, trackedFiles } from './tree.ts';

const sources = sourceFiles(trackedFiles());
const isTest = (path: string): boolean => /\.(test|suite|testing)\.tsx?$/.test(path) || path.startsWith('tests/');

type Rule = {
  readonly title: string;
  /** Whether this file may not import that. */
  readonly forbids: (file: SourceFile, imported: string) => boolean;
};

const within = (imported: string, place: string): boolean => imported === place || imported.startsWith(`${place}/`);
const drivers = ['node:sqlite', 'pg', 'mysql2', 'ioredis'];
const io = [
  ...drivers,
  'kysely',
  'hono',
  '@hono/node-server',
  'node:fs',
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:net',
  'node:child_process',
];
const signInSteps = ['password', 'totp', 'webauthn', 'push', 'consent', 'device'];

function stepOf(path: string): string | undefined {
  return signInSteps.find((step) => path.startsWith(`apps/identity/src/sign-in/${step}/`));
}

const rules: readonly Rule[] = [
  {
    title: 'packages never import an application',
    forbids: (file, imported) =>
      file.path.startsWith('packages/') &&
      (within(imported, 'apps') || /^@gatehouse\/(identity|projects)/.test(imported)),
  },
  {
    title: 'identity and projects never import each other',
    forbids: (file, imported) =>
      (file.path.startsWith('apps/identity/') &&
        (within(imported, 'apps/projects') || within(imported, '@gatehouse/projects'))) ||
      (file.path.startsWith('apps/projects/') &&
        (within(imported, 'apps/identity') || within(imported, '@gatehouse/identity'))),
  },
  {
    title: 'only identity/src/oidc imports the engine',
    forbids: (file, imported) => within(imported, 'oidc-provider') && !file.path.startsWith('apps/identity/src/oidc/'),
  },
  {
    title: 'only projects/server/sign-in imports the relying-party library',
    forbids: (file, imported) =>
      within(imported, 'openid-client') &&
      !isTest(file.path) &&
      !file.path.startsWith('bench/') &&
      !file.path.startsWith('apps/projects/server/sign-in/'),
  },
  {
    title: 'only packages/storage imports a database driver',
    forbids: (file, imported) => drivers.includes(imported) && !file.path.startsWith('packages/storage/'),
  },
  {
    title: 'a route holds no SQL',
    forbids: (file, imported) => /(\.route|\/routes)\.ts$/.test(file.path) && imported === 'kysely',
  },
  {
    title: 'what decides does no I/O: policy, dispatch, rules, present',
    forbids: (file, imported) => /(^|\/)(policy|dispatch|rules|present)\.ts$/.test(file.path) && io.includes(imported),
  },
  {
    title: 'one sign-in step never imports another',
    forbids: (file, imported) => {
      const own = stepOf(file.path);
      const other = stepOf(imported);
      return own !== undefined && other !== undefined && own !== other;
    },
  },
  {
    title: 'the client of projects never imports its server',
    forbids: (file, imported) =>
      file.path.startsWith('apps/projects/client/') && within(imported, 'apps/projects/server'),
  },
  {
    title: 'only tests import packages/testing',
    forbids: (file, imported) =>
      within(imported, '@gatehouse/testing') &&
      !isTest(file.path) &&
      !file.path.startsWith('packages/testing/') &&
      !/^(bench|scripts)\//.test(file.path),
  },
];

for (const rule of rules)
  test(rule.title, () => {
    const broken = sources.flatMap((file) =>
      file.imports
        .filter((imported) => rule.forbids(file, imported))
        .map((imported) => `${file.path} imports ${imported}`),
    );
    assert.deepEqual(broken, []);
  });

test('what can refuse opens no transaction of its own, for a refusal is to leave nothing behind', () => {
  const broken = sources.filter(
    ({ path, text, imports }) =>
      imports.includes('apps/projects/server/api/refusal.ts') &&
      path !== 'apps/projects/server/api/whole.ts' &&
      text.includes('.transaction()'),
  );
  assert.deepEqual(
    broken.map(({ path }) => path),
    [],
  );
});

test('deep paths into the engine stand in one file at most', () => {
  const deep = sources.filter((file) => file.imports.some((imported) => imported.startsWith('oidc-provider/')));
  assert.ok(deep.length <= 1, deep.map((file) => file.path).join(', '));
});

test('the reader of imports sees every form of import', () => {
  const seen = sources.find((file) => file.path === 'tests/tidy/imports.test.ts')?.imports;
  assert.deepEqual(seen, ['node:assert/strict', 'node:test', 'tests/tidy/tree.ts']);
});
