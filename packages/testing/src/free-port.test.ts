import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { freePort, onFreePort, testPorts } from './free-port.ts';

test('a port lies below those that Linux gives away by itself', async () => {
  assert(testPorts.first + testPorts.count <= 32_768);
  const port = await freePort();
  assert(port >= testPorts.first && port < testPorts.first + testPorts.count, String(port));
});

test('a port is given to one process at a time, and given again when that ended', async () => {
  // Below those that other tests take.
  const range = { first: 12_000 + randomInt(7_000), count: 2 };
  const code = `
    import { freePort } from '${import.meta.resolve('./free-port.ts')}';
    console.log(await freePort(${JSON.stringify(range)}), await freePort(${JSON.stringify(range)}));
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(other.stdout, 'data');
  assert.deepEqual(String(said).trim().split(' ').map(Number).toSorted(), [range.first, range.first + 1]);
  await assert.rejects(freePort(range), /No port was free among the 2/);
  other.kill('SIGKILL');
  await once(other, 'exit');
  assert.deepEqual([await freePort(range), await freePort(range)].toSorted(), [range.first, range.first + 1]);
});

test('what finds its port taken starts once more on another', async () => {
  await using stranger = createServer();
  await using server = createServer();
  const ports: number[] = [];
  const found = await onFreePort(async (port) => {
    ports.push(port);
    if (ports.length === 1) await once(stranger.listen(port, '127.0.0.1'), 'listening');
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return port;
  });
  assert.equal(ports.length, 2);
  assert.equal(found, ports[1]);
});

test('what fails for another reason is not started again', async () => {
  let starts = 0;
  const start = onFreePort(async () => {
    starts++;
    throw new Error('no configuration');
  });
  await assert.rejects(start, /no configuration/);
  assert.equal(starts, 1);
});
