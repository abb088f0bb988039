import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { assertAccessible } from './axe.ts';
import { openChromium } from './chromium.ts';
import { needs } from './needs.ts';
import { startRedis } from './redis.ts';

test('a Redis server answers and asks for its password', { skip: needs('redis-server') }, async () => {
  await using redis = await startRedis({ password: 'secret' });
  const socket = connect(redis.port, redis.host);
  socket.end('PING\r\nAUTH secret\r\nPING\r\nQUIT\r\n');
  assert.match(await text(socket), /^-NOAUTH[^\n]+\n\+OK\r\n\+PONG/);
});

test('an inaccessible page fails with the rule and the element', { skip: needs('chromium') }, async () => {
  await using browser = await openChromium();
  const page = await (await browser.newContext()).newPage();
  const good = '<html lang="en"><title>Sign in</title><main><h1>Sign in</h1><label>Name <input></label></main></html>';
  await page.setContent(good);
  await assertAccessible(page);
  await page.setContent(good.replace('<label>Name <input></label>', '<input id="bare">'));
  await assert.rejects(assertAccessible(page), /label: #bare/);
});
