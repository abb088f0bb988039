import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openFilesystemNotifier } from './filesystem-notifier.ts';
import type { Message } from './notifier.ts';

const nowMs = () => Date.UTC(2026, 10, 23, 21, 4);
const message: Message = {
  to: { name: 'Alice', address: 'alice@example.com' },
  title: 'A title',
  text: 'Some text.\n',
  html: '<p>Some text.</p>',
  templated: { name: 'Event', values: {} },
};

test('the file holds the last message alone, whole, and is nobody else’s to read', async () => {
  await using folder = temporaryFolder('notify');
  const filename = join(folder.path, 'mail.txt');
  const notifier = openFilesystemNotifier({ filename, nowMs });
  await notifier.check();
  await notifier.send({ ...message, text: 'A first text, which is longer than the second.\n' });
  await notifier.send(message);
  assert.equal(
    await readFile(filename, 'utf8'),
    'Date: Mon, 23 Nov 2026 21:04:00 +0000\nTo: Alice <alice@example.com>\nSubject: A title\n\nSome text.\n',
  );
  assert.equal((await stat(filename)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(folder.path), ['mail.txt'], 'nothing else is left behind');
});

test('a file that others could read is nobody else’s after the first message', async () => {
  await using folder = temporaryFolder('notify');
  const filename = join(folder.path, 'mail.txt');
  const notifier = openFilesystemNotifier({ filename, nowMs });
  await notifier.send(message);
  await chmod(filename, 0o644);
  await notifier.send(message);
  assert.equal((await stat(filename)).mode & 0o777, 0o600);
});

test('line ends in a name or a title make no further header', async () => {
  await using folder = temporaryFolder('notify');
  const filename = join(folder.path, 'mail.txt');
  const notifier = openFilesystemNotifier({ filename, nowMs });
  await notifier.send({
    ...message,
    title: 'A\r\nBcc: bob@example.com',
    to: { name: 'A\nX: 1', address: 'a@b.example' },
  });
  const head = (await readFile(filename, 'utf8')).split('\n\n')[0]?.split('\n');
  assert.equal(head?.length, 3);
});

test('messages sent at once never mix', async () => {
  await using folder = temporaryFolder('notify');
  const filename = join(folder.path, 'mail.txt');
  const notifier = openFilesystemNotifier({ filename, nowMs });
  const texts = Array.from({ length: 20 }, (_, index) => `${index} `.repeat(2000));
  await Promise.all(texts.map((text) => notifier.send({ ...message, text })));
  const body = (await readFile(filename, 'utf8')).split('\n\n')[1] ?? '';
  assert.ok(texts.includes(body));
});

test('a folder that is not there, or a file that is a folder, is said at the check and at the message', async () => {
  await using folder = temporaryFolder('notify');
  const lost = openFilesystemNotifier({ filename: join(folder.path, 'lost', 'mail.txt'), nowMs });
  await assert.rejects(lost.check(), { code: 'mail-not-sent', message: /ENOENT/ });
  await assert.rejects(lost.send(message), { code: 'mail-not-sent', message: /ENOENT/ });
  await mkdir(join(folder.path, 'mail.txt'));
  const blocked = openFilesystemNotifier({ filename: join(folder.path, 'mail.txt'), nowMs });
  await assert.rejects(blocked.send(message), { code: 'mail-not-sent' });
  assert.deepEqual(await readdir(folder.path), ['mail.txt'], 'the attempt left nothing behind');
});
