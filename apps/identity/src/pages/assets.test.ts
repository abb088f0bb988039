import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { openPortal } from '../portal.suite.ts';
import { loadAssets } from './assets.ts';

test('the sign-in page is one document and one stylesheet of at most 15 KB, without script', async (t) => {
  const visitor = (await openPortal(t)).visitor();
  const { text } = await visitor.get('/sign-in/flow1');
  const { stylesheetPath, routes } = await loadAssets();
  const sheet = await routes.request(stylesheetPath, { headers: { 'accept-encoding': 'gzip, br' } });
  const bytes = brotliCompressSync(text).length + (await sheet.arrayBuffer()).byteLength;
  assert.ok(bytes <= 15_000, `${bytes} bytes`);
  assert.doesNotMatch(text, /<script|<style|style=| on\w+=/);
  assert.equal(text.match(/rel="stylesheet"/g)?.length, 1);
});

test('a file is kept for ever, and is the same compressed or not', async () => {
  const { stylesheetPath, routes } = await loadAssets();
  const plain = await routes.request(stylesheetPath);
  const brotli = await routes.request(stylesheetPath, { headers: { 'accept-encoding': 'br' } });
  assert.equal(brotli.headers.get('content-encoding'), 'br');
  assert.match(brotli.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
  assert.equal(brotliDecompressSync(Buffer.from(await brotli.arrayBuffer())).toString(), await plain.text());
});

test('the font is our own file', async () => {
  const { stylesheetPath, routes } = await loadAssets();
  const css = await (await routes.request(stylesheetPath)).text();
  const fontPath = /url\("(\/static\/inter\.[^"]+)"\)/.exec(css)?.[1] ?? '';
  const font = await routes.request(fontPath);
  assert.equal(font.headers.get('content-type'), 'font/woff2');
  assert.doesNotMatch(css, /https?:\/\/(?!www\.w3\.org)/);
});

test('a file that does not exist is not found', async () => {
  const { routes } = await loadAssets();
  assert.equal((await routes.request('/static/../app.ts')).status, 404);
  assert.equal((await routes.request('/static/portal.css')).status, 404);
});
