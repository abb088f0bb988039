import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { openGenerations } from './generations.ts';

/** A generation that notes what it is asked, and requests that a test ends when it likes. */
function openWorld() {
  const events: string[] = [];
  const generation = (name: string) => ({
    handle: () => void events.push(`${name} is asked`),
    close: async () => void events.push(`${name} is closed`),
  });
  const silent = { error: () => undefined };
  return { events, generation, log: silent };
}

function ask(handle: (req: IncomingMessage, res: ServerResponse) => void): () => void {
  const response = new EventEmitter();
  handle({} as IncomingMessage, response as ServerResponse);
  return () => void response.emit('close');
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a request ends with the services it came to, which are closed only then', async () => {
  const { events, generation, log } = openWorld();
  const generations = openGenerations(generation('old'), log);
  const [endFirst, endSecond] = [ask(generations.handle), ask(generations.handle)];
  generations.replace(generation('new'));
  endFirst();
  await settled();
  const endThird = ask(generations.handle);
  assert.deepEqual(events, ['old is asked', 'old is asked', 'new is asked']);
  assert.equal(generations.open, 2);
  endSecond();
  await settled();
  assert.deepEqual(events.slice(3), ['old is closed']);
  assert.equal(generations.open, 1);
  endThird();
  await generations.close();
  assert.deepEqual(events.slice(4), ['new is closed']);
});

test('services without a request are closed at once when others take over', async () => {
  const { events, generation, log } = openWorld();
  const generations = openGenerations(generation('old'), log);
  generations.replace(generation('new'));
  await settled();
  assert.deepEqual(events, ['old is closed']);
});

test('services that are never left are closed after a minute', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { events, generation, log } = openWorld();
  const generations = openGenerations(generation('old'), log);
  ask(generations.handle);
  generations.replace(generation('new'));
  context.mock.timers.tick(59_999);
  await settled();
  assert.deepEqual(events, ['old is asked']);
  context.mock.timers.tick(1);
  await settled();
  assert.deepEqual(events, ['old is asked', 'old is closed']);
});
