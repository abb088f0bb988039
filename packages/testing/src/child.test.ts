import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A process that died and that nobody waited for yet (state Z) does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

const grandchild = `const { spawn } = require('node:child_process');
  const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
  console.log('inner ' + inner.pid); setInterval(() => {}, 1000);`;

test('kill ends a program with all it started', async () => {
  await using folder = temporaryFolder();
  const child = await startChild({
    name: 'parent',
    command: process.execPath,
    arguments: ['-e', grandchild],
    folder: folder.path,
    ready: { line: /inner \d+/ },
  });
  const inner = Number((await child.line(/inner (\d+)/))[1]);
  assert(isRunning(inner));
  await child.kill();
  assert.equal(await child.ended, 'SIGKILL');
  while (isRunning(inner)) await new Promise((resolve) => setImmediate(resolve));
});

test('a program is ready when its port accepts', async () => {
  await using folder = temporaryFolder();
  const port = await freePort();
  await using child = await startChild({
    name: 'server',
    command: process.execPath,
    arguments: ['-e', `require('node:http').createServer((q, s) => s.end('here')).listen(${port}, '127.0.0.1')`],
    folder: folder.path,
    ready: { port },
  });
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'here');
  assert(isRunning(child.pid));
});

test('a program that ends before it is ready fails with its last words', async () => {
  await using folder = temporaryFolder();
  const start = startChild({
    name: 'broken',
    command: process.execPath,
    arguments: ['-e', "console.error('no configuration'); process.exitCode = 3"],
    folder: folder.path,
    ready: { line: /never/ },
  });
  await assert.rejects(start, /broken ended \(3\) before it was ready\nno configuration/);
});

test('children die and folders go when the test process gets SIGTERM', async () => {
  const code = `
    import { startChild } from '${fileURLToPath(new URL('./child.ts', import.meta.url))}';
    import { temporaryFolder } from '${fileURLToPath(new URL('./temporary-folder.ts', import.meta.url))}';
    const folder = temporaryFolder();
    const child = await startChild({ name: 'idle', command: process.execPath, folder: folder.path,
      arguments: ['-e', 'setInterval(() => {}, 1000)'] });
    console.log(JSON.stringify({ path: folder.path, pid: child.pid }));`;
  const runner = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((resolve) => runner.stdout.once('data', (bytes) => resolve(String(bytes))));
  const { path, pid } = JSON.parse(said) as { path: string; pid: number };
  assert(existsSync(path) && isRunning(pid));
  runner.kill('SIGTERM');
  const signal = await new Promise((resolve) => runner.once('exit', (_code, by) => resolve(by)));
  assert.equal(signal, 'SIGTERM');
  assert.equal(existsSync(path), false);
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
});
