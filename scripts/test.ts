/**
 * Runs the tests of the tree with Node's own runner, in two files at once: unit tests beside the code and what crosses
 * folders. `--browsers` runs those in Chromium instead, `--faults` kills and outages, one file after another, and `--all`
 * all but the faults. Further arguments are paths to run instead.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

const parts = {
  quick: [
    'packages/*/src/**/*.test.ts',
    'apps/**/*.test.ts',
    'tests/tidy/**/*.test.ts',
    'tests/integration/**/*.test.ts',
  ],
  browsers: ['tests/browser/**/*.test.ts', 'apps/**/*.browser.test.ts'],
  faults: ['tests/faults/**/*.test.ts'],
};

const args = process.argv.slice(2);
const paths = args.filter((arg) => !arg.startsWith('--'));
const isFaults = args.includes('--faults');

function chosen(): string[] {
  const browsers = globSync(parts.browsers);
  if (isFaults) return globSync(parts.faults);
  if (args.includes('--browsers')) return browsers;
  if (args.includes('--all')) return [...globSync(parts.quick), ...globSync('tests/browser/**/*.test.ts')];
  return globSync(parts.quick).filter((path) => !browsers.includes(path));
}

// Twenty kills and as many starts take minutes, on a busy machine many.
const timeoutMs = isFaults ? 900_000 : 240_000;
const run = spawnSync(
  process.execPath,
  [
    '--test',
    `--test-concurrency=${isFaults ? 1 : 2}`,
    `--test-timeout=${timeoutMs}`,
    '--test-reporter=spec',
    ...(paths.length > 0 ? paths : chosen().toSorted()),
  ],
  { stdio: 'inherit', env: { ...process.env, NODE_NO_WARNINGS: '1' } },
);
process.exit(run.status ?? 1);
