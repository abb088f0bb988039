/**
 * `npm start`: both applications on this machine, with a seeded person, nothing to edit. Starts each as its own process,
 * as they run in a real house, and stops both when told to stop or when one of them dies.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { portal, prepareTrial, workspace } from './start/first-run.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.env.GATEHOUSE_DATA ?? join(root, '.data');
const identityMain = join(root, 'apps/identity/gatehouse.js');
const projectsMain = join(root, 'apps/projects/projects.js');

const trial = prepareTrial(folder, [identityMain]);

const children: ChildProcess[] = [];
let stopping = false;

function stop(exitCode: number): void {
  if (stopping) return;
  stopping = true;
  process.exitCode = exitCode;
  for (const child of children) child.kill('SIGTERM');
}

function start(name: string, args: readonly string[], environment: Readonly<Record<string, string>>): void {
  if (stopping) return;
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.once('exit', (code) => {
    if (!stopping) process.stderr.write(`${name} stopped by itself with code ${code}. What it said stands above.\n`);
    stop(code ?? 1);
  });
  children.push(child);
}

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!stopping && Date.now() < deadline) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!stopping) throw new Error(`${url} did not answer within 60 seconds`);
}

process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

start('identity', [identityMain, '--config', trial.configurationPath], {});
await ready(`http://127.0.0.1:${portal.port}/api/health`);
start('projects', [projectsMain], { ...trial.projectsEnvironment, PORT: String(workspace.port), HOST: '127.0.0.1' });
await ready(`http://127.0.0.1:${workspace.port}/healthz`);

if (!stopping)
  process.stdout.write(`
  Projects   ${workspace.origin}
  Portal     ${portal.origin}

  Sign in as ${trial.person.username}
  Password   ${trial.person.password}
  One-time code, for your authenticator app:
  ${trial.person.otpauthUri}

  No authenticator at hand? In another terminal: npm run code
  Mails are written to ${join(folder, 'last-mail.txt')}
  Everything is kept in ${folder}; delete it to begin again. Stop with Ctrl+C.

`);
