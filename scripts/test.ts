/**
 * Runs the tests of the tree with Node's own runner: unit tests beside the code, what crosses folders, browsers. `--quick`
 * leaves out browsers; `--faults` runs the other slow ones alone: kills and outages, one after another. Further arguments
 * are paths to run instead.
 */
import { spawnSync } from 'node:child_process';

const everywhere = [
  'packages/*/src/**/*.test.ts',
  'apps/**/*.test.ts',
  'tests/tidy/**/*.test.ts',
  'tests/integration/**/*.test.ts',
];
const browsers = ['tests/browser/**/*.test.ts'];
const faults = ['tests/faults/**/*.test.ts'];

const args = process.argv.slice(2);
const paths = args.filter((arg) => !arg.startsWith('--'));
const isFaults = args.includes('--faults');
const chosen = isFaults ? faults : args.includes('--quick') ? everywhere : [...everywhere, ...browsers];

// Twenty kills and as many starts take minutes, on a busy machine many.
const timeoutMs = isFaults ? 900_000 : 240_000;
const run = spawnSync(
  process.execPath,
  [
    '--test',
    `--test-concurrency=${isFaults ? 1 : 2}`,
    `--test-timeout=${timeoutMs}`,
    '--test-reporter=spec',
    ...(paths.length > 0 ? paths : chosen),
  ],
  { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
);
process.exit(run.status ?? 1);
