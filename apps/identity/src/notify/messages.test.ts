import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn } from '@gatehouse/words/say-in.ts';
import { elevationCodeMessage, factorAddedMessage, factorRemovedMessage, type Occasion } from './messages.ts';

const occasion: Occasion = {
  to: { name: 'Alice <b>Ash</b>', address: 'alice@example.com' },
  username: 'alice',
  remoteAddress: '192.0.2.7',
  atMs: Date.UTC(2026, 10, 23, 21, 4),
  say: sayIn('en'),
};

test('the elevation code stands on a line of its own, with how long it lasts and how to cancel it', async () => {
  const revokeUrl = new URL('https://auth.example.com/revoke/one-time-code?id=abc');
  const message = await elevationCodeMessage(occasion, { code: 'KXMPQ3T7', lifespanMs: 300_000, revokeUrl });
  assert.match(message.text, /^ {4}KXMPQ3T7$/m);
  assert.match(message.text, /^Good for: 5 minutes, once, /m);
  assert.match(message.text, /^https:\/\/auth\.example\.com\/revoke\/one-time-code\?id=abc$/m);
  assert.ok(message.html.includes('>KXMPQ3T7<'));
  assert.ok(message.html.includes('href="https://auth.example.com/revoke/one-time-code?id=abc"'));
});

test('every message says when, from which address, and what to do if it was somebody else', async () => {
  for (const message of [await factorAddedMessage(occasion), await factorRemovedMessage(occasion)])
    for (const body of [message.text, message.html]) {
      assert.ok(body.includes('Monday, 23 November 2026 at 21:04 UTC'), body);
      assert.ok(body.includes('192.0.2.7'));
      assert.ok(body.includes('If it was not you, change your password now'));
    }
});

test('attack 24: what a directory says about a person is text in a message, never markup', async () => {
  const message = await factorAddedMessage(occasion);
  assert.ok(message.html.includes('Hello Alice &lt;b&gt;Ash&lt;/b&gt;,'));
});
