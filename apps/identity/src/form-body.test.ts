import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { requireForm } from './form-body.ts';

const app = new Hono();
app.use(requireForm({ bytesMax: 100, onTooLarge: (c) => c.text('', 413), onOther: (c) => c.text('', 415) }));
app.all('/', async (c) => c.json(c.req.method === 'POST' ? await c.req.parseBody() : {}));
// As the portal is served: without the adapter's own globals.
const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(() => {
  server.close();
  server.closeAllConnections();
});

const form = 'application/x-www-form-urlencoded';

/** `pieces` go out one by one, without a length unless `headers` states one. */
function send(method: string, headers: Record<string, string>, pieces: readonly string[] = []) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const sent = request({ port: (server.address() as AddressInfo).port, method, headers }, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode, text }));
    });
    sent.on('error', reject);
    for (const piece of pieces) sent.write(piece);
    sent.end();
  });
}

test('a form is read alike with a length and in pieces', async () => {
  for (const headers of [{ 'content-length': '7' }, { 'transfer-encoding': 'chunked' }])
    assert.deepEqual(await send('POST', { 'content-type': form, ...headers }, ['a=b', '&c=d']), {
      status: 200,
      text: '{"a":"b","c":"d"}',
    });
});

test('too much is refused, whether its length is stated or not', async () => {
  const body = `a=${'x'.repeat(99)}`;
  for (const headers of [{ 'content-length': '101' }, { 'transfer-encoding': 'chunked' }])
    assert.equal((await send('POST', { 'content-type': form, ...headers }, [body])).status, 413);
});

test('other kinds of bodies are refused unread, well-formed or not', async () => {
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'application/json', 'text/plain'])
    assert.equal((await send('POST', { 'content-type': type, 'content-length': '3' }, ['???'])).status, 415, type);
});

test('a request without a body passes by any method', async () => {
  for (const method of ['GET', 'OPTIONS', 'POST'])
    assert.equal((await send(method, method === 'POST' ? { 'content-length': '0' } : {})).status, 200, method);
});
