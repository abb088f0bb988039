/** Whoever came first is answered first, though each answer is made in one go and the system knows some better than others. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { inTurn } from './in-turn.ts';
import { listen } from './listen.ts';

const callers = 4;
const asks = 200;

test('four who ask one thing after another get as many answers each', async (t) => {
  const answers = Array.from({ length: callers }, () => 0);
  const server = createServer(
    inTurn((request, response) => {
      const caller = Number(request.url?.slice(1));
      answers[caller] = (answers[caller] ?? 0) + 1;
      const end = performance.now() + 3;
      while (performance.now() < end);
      response.end();
    }),
  );
  await listen(server, { host: '127.0.0.1', port: 0 });
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve, reject) => {
    const worker = new Worker(askInTurns, { eval: true, workerData: { port, callers, asks } });
    worker.on('error', reject).on('exit', resolve);
  });
  assert.equal(
    answers.reduce((a, b) => a + b),
    asks,
  );
  assert.ok(Math.max(...answers) - Math.min(...answers) <= asks / 20, `each got ${answers}`);
});

test('what nobody waits for any more is not begun', async (t) => {
  const begun: (string | undefined)[] = [];
  const server = createServer(
    inTurn((request, response) => {
      begun.push(request.url);
      response.end();
    }),
  );
  // Those who stand in line are seen before their turn: the second to come leaves at once.
  server.prependListener('request', ({ url, socket }) => url === '/gone' && socket.destroy());
  await listen(server, { host: '127.0.0.1', port: 0 });
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  await assert.rejects(ask('/gone'));
  assert.equal((await ask('/stays')).status, 200);
  assert.deepEqual(begun, ['/stays']);
});

/** In another thread, so that the others ask while one is answered; each takes a moment over its answer. */
const askInTurns = `
  const { Agent, get } = require('node:http');
  const { workerData: { port, callers, asks } } = require('node:worker_threads');
  let asked = 0;
  function call(caller, agent) {
    if (asked++ >= asks) return agent.destroy();
    get({ port, host: '127.0.0.1', path: '/' + caller, agent }, (response) => {
      response.resume().on('end', () => setTimeout(() => call(caller, agent), 1));
    });
  }
  for (let caller = 0; caller < callers; caller++) call(caller, new Agent({ keepAlive: true, maxSockets: 1 }));
`;
