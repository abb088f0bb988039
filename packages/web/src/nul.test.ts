import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { refuseNulInAddress, refuseNulInForm } from './nul.ts';

const app = new Hono();
app.use(refuseNulInAddress((c) => c.text('', 400)));
app.use(refuseNulInForm((c) => c.text('', 400)));
app.all('*', async (c) => c.json(await c.req.parseBody()));

function post(body: string | FormData): Response | Promise<Response> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return app.request('/', { method: 'POST', body, ...(typeof body === 'string' && { headers }) });
}

test('NUL is refused in a path, in the name and the value of a query, and however a form brings it', async () => {
  for (const address of ['/a%00b', '/?a=%00', '/?a%00=b'])
    assert.equal((await app.request(address)).status, 400, address);
  const parts = new FormData();
  parts.set('name', 'a\0b');
  for (const body of ['name=a%00b', 'na%00me=a', 'name=a\0b', parts]) assert.equal((await post(body)).status, 400);
});

test('what only looks like it passes, and the form is read after it', async () => {
  assert.equal((await app.request('/?a=%2500&b=%0')).status, 200);
  assert.deepEqual(await (await post('name=100%2500&b=c')).json(), { name: '100%00', b: 'c' });
});
