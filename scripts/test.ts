/**
 * Runs every test of the tree with Node's own runner: unit tests beside the code, then what crosses folders. `--quick`
 * leaves out browsers and faults. Further arguments are paths to run instead.
 */
import { spawnSync } from 'node:child_process';

const everywhere = [
  'packages/*/src/**/*.test.ts',
  'apps/**/*.test.ts',
  'tests/tidy/**/*.test.ts',
  'tests/integration/**/*.test.ts',
];
const slow = ['tests/browser/**/*.test.ts', 'tests/faults/**/*.test.ts'];

const args = process.argv.slice(2);
const paths = args.filter((arg) => !arg.startsWith('--'));
const globs = paths.length > 0 ? paths : args.includes('--quick') ? everywhere : [...everywhere, ...slow];

const run = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-timeout=240000', '--test-reporter=spec', ...globs],
  { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
);
process.exit(run.status ?? 1);
