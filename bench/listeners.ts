/**
 * Two hundred open pages that listen, and one card that is moved: how long until the last of them has been told, and what a
 * further listener takes of the server's memory.
 */
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from './figure.ts';
import { residentBytes } from './load.ts';
import { type PreparedWorkspace, prepareWorkspace } from './workspace-house.ts';

const size = { people: 50, projects: 1, toDosEach: 200 };
const listeners = 200;
/** A person has twelve streams at most. */
const further = 400;
const moves = 100;
const warm = 10;
const toldMsMax = 30_000;

export async function measureListeners(): Promise<readonly Figure[]> {
  const workspace = await prepareWorkspace(size);
  const server = await workspace.start();
  const open: Listener[] = [];
  try {
    for (let index = 0; index < listeners; index++) open.push(await listen(workspace, index));
    const times: number[] = [];
    for (let move = 0; move < moves + warm; move++) {
      const told = Promise.all(open.map((listener) => listener.next()));
      const start = performance.now();
      await moveOne(workspace, move);
      if ((await Promise.race([told, pause(toldMsMax, 'late', { ref: false })])) === 'late')
        throw new Error(`a listener was not told within ${toldMsMax} ms`);
      if (move >= warm) times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    // Now that the process has settled: what further ones add.
    const before = residentBytes(server.pid).all;
    for (let index = 0; index < further; index++) open.push(await listen(workspace, index));
    const each = (residentBytes(server.pid).all - before) / further;
    return [
      {
        what: `${listeners} listeners, one move: 95 of 100 told to the last within`,
        value: times[Math.floor(times.length * 0.95)] ?? Number.NaN,
        unit: 'ms',
      },
      { what: 'Memory of a further listener', value: each / 1000, unit: 'KB' },
    ];
  } finally {
    for (const listener of open) listener.close();
    await server.stop();
    await workspace.remove();
  }
}

type Listener = {
  /** Resolves with the next change that is told. */
  next(): Promise<void>;
  close(): void;
};

/** Resolves once the stream is ready. */
function listen({ origin, cookies }: PreparedWorkspace, index: number): Promise<Listener> {
  const { port } = new URL(origin);
  const headers = { cookie: cookies[index % cookies.length] ?? '', accept: 'text/event-stream' };
  return new Promise((resolve, reject) => {
    const takers: (() => void)[] = [];
    const sent = request({ host: '127.0.0.1', port, path: '/api/live', headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const event = /^event: (\w+)$/m.exec(text.slice(0, end))?.[1];
          text = text.slice(end + 2);
          if (event === 'ready')
            resolve({ next: () => new Promise((told) => takers.push(told)), close: () => sent.destroy() });
          if (event === 'change') takers.shift()?.();
        }
      });
      if (answer.statusCode !== 200) reject(new Error(`a stream answered ${answer.statusCode}`));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** To another column each time, so that there is always something to tell. */
async function moveOne({ origin, cookies }: PreparedWorkspace, turn: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${new URL(origin).port}/api/v1/projects/P000/to-dos/1/move`, {
    method: 'POST',
    headers: { cookie: cookies[0] ?? '', origin, 'content-type': 'application/json' },
    body: JSON.stringify({ statusId: `P000-${turn % 2}`, afterNumber: null }),
  });
  if (!answer.ok) throw new Error(`moving answered ${answer.status}`);
}
