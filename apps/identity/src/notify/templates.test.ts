import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import { elevationCodeMessage, factorAddedMessage, type Occasion, resetLinkMessage } from './messages.ts';
import type { Message } from './notifier.ts';
import { readMailTemplates, TemplateUnusable, templatedNotifier } from './templates.ts';

const occasion: Occasion = {
  to: { name: 'Alice <b>Ash</b>', address: 'alice@example.com' },
  username: 'alice',
  remoteAddress: '192.0.2.7',
  atMs: Date.UTC(2026, 10, 23, 21, 4),
  say: sayIn('en'),
};
const url = new URL('https://auth.example.com/reset-password/set?token=abc&x=1');
const revokeUrl = new URL('https://auth.example.com/revoke/reset-password?id=def');

async function sent(t: TestContext, files: Readonly<Record<string, string>>, message: Promise<Message>) {
  const folder = temporaryFolder('templates');
  t.after(() => folder.remove());
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  const taken: Message[] = [];
  const failures: unknown[] = [];
  const plain = { send: async (each: Message) => void taken.push(each), check: async () => undefined };
  const templates = await readMailTemplates(folder.path, Date.now);
  const notifier = templatedNotifier(plain, templates, (cause) => void failures.push(cause));
  await notifier.send(await message);
  return { message: taken[0] as Message, failures };
}

test('a link is written by the administrator’s template, with Authelia’s placeholders', async (t) => {
  const text =
    'Hi {{ .DisplayName }}\r\n{{ .LinkURL }}\r\n{{ .RevocationLinkURL }} ({{ .Domain }}, {{ .RemoteIP }})\r\n';
  const { message } = await sent(
    t,
    { 'IdentityVerificationJWT.txt': text },
    resetLinkMessage(occasion, { lifespanMs: 300_000, url, revokeUrl }),
  );
  assert.equal(message.text, `Hi Alice <b>Ash</b>\n${url}\n${revokeUrl} (auth.example.com, 192.0.2.7)\n`);
  assert.match(message.html, /Set a new password/, 'the file that is not there is written by the house');
});

test('what is put into HTML is text', async (t) => {
  const html = '<p title="{{ .DisplayName }}">{{ .DisplayName }}</p><a href="{{ .LinkURL }}">{{ .LinkText }}</a>';
  const { message } = await sent(
    t,
    { 'IdentityVerificationJWT.html': html },
    resetLinkMessage(occasion, { lifespanMs: 300_000, url, revokeUrl }),
  );
  const name = 'Alice &lt;b&gt;Ash&lt;/b&gt;';
  assert.equal(
    message.html,
    `<p title="${name}">${name}</p><a href="${url.href.replace('&', '&amp;')}">Set a new password</a>`,
  );
});

test('codes and events have templates of their own', async (t) => {
  const files = {
    'IdentityVerificationOTC.txt': 'Code {{ .OneTimeCode }}: {{ .Title }}',
    'Event.txt': '{{ .BodyEvent }}.{{ range $key, $value := .Details }} {{ $key }}={{ $value }};{{ end }}',
  };
  const code = await sent(t, files, elevationCodeMessage(occasion, { code: 'KXMPQ3T7', lifespanMs: 1000, revokeUrl }));
  assert.equal(code.message.text, 'Code KXMPQ3T7: Your code to change how you sign in');
  const event = await sent(t, files, factorAddedMessage(occasion));
  assert.match(
    event.message.text,
    /^A one-time code was added to your account\. From address=192\.0\.2\.7; When=Monday,/,
  );
});

test('a template that is none stops the start and says where', async (t) => {
  const files = { 'Event.html': '<p>\n{{ if .Title }}' };
  await assert.rejects(
    sent(t, files, factorAddedMessage(occasion)),
    (error) => error instanceof TemplateUnusable && /Event\.html', line \d/.test(error.message),
  );
});

test('a template that fails while a mail is written does not stop the mail', async (t) => {
  const { message, failures } = await sent(t, { 'Event.txt': '{{ .Title.Nothing }}' }, factorAddedMessage(occasion));
  assert.match(message.text, /^Hello Alice/);
  assert.equal(failures.length, 1);
});
