import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { securityHeaderFields, securityHeaders } from './security-headers.ts';

const app = new Hono()
  .use(securityHeaders("default-src 'none'"))
  .get('/page', (c) => c.html('<p>Hello</p>'))
  .get('/own', (c) =>
    c.html('<p>Hello</p>', 200, { 'content-security-policy': "img-src 'self'", 'cache-control': 'private' }),
  )
  .get('/answer', (c) => c.json({}))
  .get('/:part{.+}', (c) => c.body('', 200, { 'content-type': c.req.param('part') }));

async function headersOf(path: string): Promise<Record<string, string>> {
  return Object.fromEntries((await app.request(path)).headers);
}

const all = Object.fromEntries(
  Object.entries(securityHeaderFields).map(([name, value]) => [name.toLowerCase(), value]),
);

test('pages and answers carry every field, a policy and no permission to be kept; what a route says itself stays', async () => {
  const whole = { ...all, 'content-security-policy': "default-src 'none'", 'cache-control': 'no-store' };
  for (const path of ['/page', '/answer', '/image/svg+xml']) {
    const { 'content-type': _, ...headers } = await headersOf(path);
    assert.deepEqual(headers, whole, path);
  }
  const own = await headersOf('/own');
  assert.equal(own['content-security-policy'], "img-src 'self'");
  assert.equal(own['cache-control'], 'private');
});

test('scripts, styles and fonts say no more than that they are what they say', async () => {
  for (const type of ['text/javascript; charset=utf-8', 'text/css', 'font/woff2'])
    assert.deepEqual(await headersOf(`/${type}`), {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
});
