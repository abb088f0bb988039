import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { limitAtOnce } from './at-once.ts';
import { tooManyImports } from './refusal.ts';

test('so many are inside at once and no more; whoever leaves, also by failing, makes room', async () => {
  const inside: ((value: string) => void)[] = [];
  const app = new Hono()
    .onError((error, c) => c.text(error.message, 500))
    .use(limitAtOnce(2, tooManyImports))
    .post('/', async (c) => c.text(await new Promise<string>((resolve) => inside.push(resolve))))
    .post('/failing', () => {
      throw new Error('failed');
    });
  const first = app.request('/', { method: 'POST' });
  assert.equal((await app.request('/failing', { method: 'POST' })).status, 500);
  const second = app.request('/', { method: 'POST' });
  const third = await app.request('/', { method: 'POST' });
  assert.equal(third.status, 429);
  assert.equal(third.headers.get('retry-after'), '20');
  assert.deepEqual(await third.json(), { error: tooManyImports().problem });
  for (const leave of inside) leave('done');
  assert.equal(await (await first).text(), 'done');
  assert.equal((await second).status, 200);
  const fourth = app.request('/', { method: 'POST' });
  inside.at(-1)?.('again');
  assert.equal(await (await fourth).text(), 'again');
});
