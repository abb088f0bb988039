import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { compressAnswers, compressText } from './compress.ts';

const huge = { words: 'water the plants '.repeat(20_000) };
const long = { words: 'water the plants '.repeat(500) };
const app = new Hono()
  .use(compressAnswers)
  .get('/long', (c) => c.json(long))
  .get('/huge', (c) => c.json(huge, 201))
  .get('/text', async (c) => {
    const { body, headers } = await compressText(c, long.words);
    return c.body(body, 200, headers);
  })
  .get('/short', (c) => c.json({ words: 'water' }))
  .get('/file', (c) => c.json(long, 200, { 'content-disposition': 'attachment' }))
  .get('/stream', (c) => c.body(JSON.stringify(long), 200, { 'content-type': 'text/event-stream' }));

const ask = (path: string, encodings: string) => app.request(path, { headers: { 'accept-encoding': encodings } });

test('a long answer is compressed as the client takes it, and says that it depends on that', async () => {
  for (const [accepted, encoding, unpack] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip;q=1.0', 'gzip', gunzipSync],
  ] as const) {
    const answer = await ask('/long', accepted);
    assert.equal(answer.headers.get('content-encoding'), encoding);
    assert.equal(answer.headers.get('vary'), 'Accept-Encoding');
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.ok(bytes.length < 500, String(bytes.length));
    assert.deepEqual(JSON.parse(unpack(bytes).toString()), long);
  }
});

test('a very long answer is compressed while others are answered, and is otherwise the same', async () => {
  const answer = await ask('/huge', 'br');
  assert.equal(answer.status, 201);
  assert.deepEqual(
    ['content-type', 'content-encoding', 'vary'].map((name) => answer.headers.get(name)),
    ['application/json', 'br', 'Accept-Encoding'],
  );
  assert.deepEqual(JSON.parse(brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString()), huge);
});

test('a long text of another kind is compressed likewise', async () => {
  const packed = await ask('/text', 'br');
  assert.deepEqual(
    ['content-encoding', 'vary'].map((name) => packed.headers.get(name)),
    ['br', 'Accept-Encoding'],
  );
  assert.equal(brotliDecompressSync(Buffer.from(await packed.arrayBuffer())).toString(), long.words);
  const plain = await ask('/text', 'identity');
  assert.deepEqual([plain.headers.get('content-encoding'), await plain.text()], [null, long.words]);
});

test('short answers, files, streams and what a client does not take go out as they are', async () => {
  for (const [path, accepted] of [
    ['/short', 'br'],
    ['/file', 'br'],
    ['/stream', 'br'],
    ['/long', 'identity'],
    ['/long', ''],
  ] as const) {
    const answer = await ask(path, accepted);
    assert.equal(answer.headers.get('content-encoding'), null, path);
    assert.match(await answer.text(), /water/);
  }
});
