/**
 * `npm run test:clone`: proves that a machine where nothing was installed by hand can do what the README says. Clones the
 * committed tree into a temporary folder, installs, looks which Node runs there, starts both applications until they
 * answer, and runs the quick tests. Uses the usual ports, so nothing else may listen there.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-clone-'));
const clone = join(folder, 'gatehouse');

/** Without what npm scripts add: the clone must find its own Node. */
const path = (process.env.PATH ?? '').split(':').filter((each) => !each.includes('node_modules'));
const env = { ...process.env, PATH: path.join(':'), GATEHOUSE_DATA: join(folder, 'data') };

function run(command: string, ...args: string[]): void {
  process.stdout.write(`\n— ${command} ${args.join(' ')}\n`);
  execFileSync(command, args, { cwd: clone, stdio: 'inherit', env });
}

async function startAndStop(): Promise<void> {
  process.stdout.write('\n— npm start\n');
  const child = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const printed = new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (/Sign in as/.test(output)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('not ready in 90 s')), 90_000).unref(),
  );
  try {
    await Promise.race([printed, late]);
    for (const url of ['http://127.0.0.1:9091/api/health', 'http://127.0.0.1:9092/healthz']) {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    }
    process.stdout.write('both applications answer\n');
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

try {
  execFileSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' });
  run('npm', 'ci');
  const version = execFileSync('npm', ['exec', '--', 'node', '--version'], {
    cwd: clone,
    env,
    encoding: 'utf8',
  }).trim();
  if (!version.startsWith('v24.')) throw new Error(`the clone runs Node ${version}, not 24`);
  process.stdout.write(`Node ${version}\n`);
  await startAndStop();
  run('npm', 'run', 'check');
  run('npm', 'run', 'test:quick');
  process.stdout.write('\nA clean clone installs, starts and passes.\n');
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
