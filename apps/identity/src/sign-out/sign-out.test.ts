import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPortal, origin } from '../portal.suite.ts';

const frames = [
  { name: 'Files & Photos', url: 'https://files.example.com/out?iss=a&sid=b', origin: 'https://files.example.com' },
  { name: 'Notes', url: 'https://notes.example.com:8443/out', origin: 'https://notes.example.com:8443' },
];

async function signedOut(t: Parameters<typeof openPortal>[0], form: Record<string, string>) {
  const { visitor } = await openPortal(t, { services: { endProviderSession: async () => frames } });
  return visitor().post('/logout', form);
}

test('applications with pages of their own are opened unseen by the page that says so, and by no other origin', async (t) => {
  const { status, text, headers } = await signedOut(t, {});
  assert.equal(status, 200);
  assert.match(text, /You are signed out/);
  assert.match(text, /This also signs you out of <b>Files &amp; Photos and Notes<\/b>\./);
  assert.match(text, /<iframe src="https:\/\/files\.example\.com\/out\?iss=a&amp;sid=b"[^>]* hidden sandbox="/);
  assert.match(
    headers.get('content-security-policy') ?? '',
    /; frame-src https:\/\/files\.example\.com https:\/\/notes\.example\.com:8443$/,
  );
  assert.doesNotMatch(text, /http-equiv="refresh"/);
});

test('with a page to go on to it goes there after a moment, and by a link at once', async (t) => {
  const { text } = await signedOut(t, { rd: `${origin}/settings` });
  assert.ok(text.includes(`<meta http-equiv="refresh" content="3;url=${origin}/settings">`));
  assert.ok(text.includes(`href="${origin}/settings">Continue</a>`));
});

test('a page of strangers is not gone on to', async (t) => {
  const { text } = await signedOut(t, { rd: 'https://evil.test/' });
  assert.doesNotMatch(text, /evil\.test|http-equiv="refresh"/);
});
