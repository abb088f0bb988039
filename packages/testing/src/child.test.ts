import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { isRunning } from './listeners.ts';
import { serverUser } from './server-user.ts';
import { temporaryFolder } from './temporary-folder.ts';

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

test('a program is ready when it listens at its port', async () => {
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

test('a stranger at its port is not taken for the program', async () => {
  await using folder = temporaryFolder();
  const port = await freePort();
  await using stranger = createServer((_, response) => response.end('a stranger'));
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
  const server = `require('node:http').createServer().listen(${port}, '127.0.0.1')`;
  for (const [program, how] of [
    [`setTimeout(() => { ${server} }, 300)`, /server ended \(1\) before it was ready.*EADDRINUSE/s],
    ['setInterval(() => {}, 1000)', /server was not ready after 700 ms/],
  ] as const)
    await assert.rejects(
      startChild({
        name: 'server',
        command: process.execPath,
        arguments: ['-e', program],
        folder: folder.path,
        ready: { port },
        readyMsMax: 700,
      }),
      (error: Error) => how.test(error.message) && error.message.includes(`; another process listens at port ${port}`),
    );
});

test('a program is ready when one that it started listens at its port, as whichever user', async () => {
  const user = serverUser('www-data');
  await using folder = temporaryFolder('test', user);
  const port = await freePort();
  await using child = await startChild({
    name: 'parent',
    command: 'sh',
    arguments: [
      '-c',
      `"$0" -e "require('node:http').createServer().listen(${port}, '127.0.0.1')"; true`,
      process.execPath,
    ],
    folder: folder.path,
    ready: { port },
    ...(user && { user }),
  });
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
