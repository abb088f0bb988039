import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openMemoryDatabase } from '../../storage/databases.suite.ts';
import { type LogoutNotice, openLogoutNotices } from './logout-notices.ts';
import { openLogoutSender, pauseMs, type Told } from './logout-sender.ts';
import { openSessionLinks } from './session-links.ts';

const issuer = 'https://auth.example.com';

async function openQueue(...clientIds: readonly string[]) {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = (): number => clock.ms;
  const database = await openMemoryDatabase();
  const links = openSessionLinks({ database, nowMs, newId: randomUUID });
  for (const [index, clientId] of clientIds.entries())
    await links.addApplication('session', { issuer, clientId, subject: 'alice', sid: `sid-${index}` });
  await links.release('session');
  const lines: string[] = [];
  const note = (fields: Readonly<Record<string, unknown>>, message: string): void =>
    void lines.push(`${fields.client} ${message}`);
  const told: LogoutNotice[] = [];
  const open = (tell: (notice: LogoutNotice) => Promise<Told>) =>
    openLogoutSender({
      notices: openLogoutNotices({ database, nowMs }),
      async tell(notice) {
        told.push(notice);
        return tell(notice);
      },
      nowMs,
      log: { debug: () => undefined, warn: note, error: note },
    });
  return { clock, lines, told, open };
}

test('pauses grow from half a minute to an hour', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 20].map((attempts) => pauseMs(attempts) / 1000),
    [30, 90, 270, 810, 2430, 3600, 3600],
  );
});

test('an application that fails is tried again after a growing pause with the same notice, and then done', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async ({ attempts }) =>
    attempts < 3 ? { kind: 'failed', why: 'it answered 503' } : { kind: 'told' },
  );
  await sender.run();
  assert.equal(told.length, 1);
  clock.ms += 29_999;
  await sender.run();
  assert.equal(told.length, 1);
  clock.ms += 1;
  await sender.run();
  clock.ms += 89_999;
  await sender.run();
  assert.equal(told.length, 2);
  clock.ms += 1;
  await sender.run();
  assert.equal(told.length, 3);
  assert.equal(new Set(told.map(({ id }) => id)).size, 1);
  clock.ms += 3_600_000;
  await sender.run();
  assert.equal(told.length, 3);
  assert.match(lines.join('\n'), /^app An application could not be told .*503.* Tried again in 30 s$/m);
});

test('an application that refuses is not asked again, and the log says so', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async () => ({ kind: 'refused', why: 'it answered 400' }));
  await sender.run();
  clock.ms += 3_600_000;
  await sender.run();
  assert.equal(told.length, 1);
  assert.match(lines.join(), /^app An application refused to be told of a sign-out: it answered 400$/);
});

test('one application that does not answer delays no other', async () => {
  const { told, open } = await openQueue('silent', 'app', 'app');
  const hanging = Promise.withResolvers<Told>();
  const arrived = Promise.withResolvers<void>();
  const sender = open(async ({ clientId }) => {
    if (clientId === 'silent') return hanging.promise;
    if (told.filter((each) => each.clientId === 'app').length === 2) arrived.resolve();
    return { kind: 'told' };
  });
  const round = sender.run();
  await arrived.promise;
  hanging.resolve({ kind: 'told' });
  await round;
});

test('a thrown failure is tried again like any other', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async () => {
    throw new Error('connection refused');
  });
  await sender.run();
  clock.ms += 30_000;
  await sender.run();
  assert.equal(told.length, 2);
  assert.match(lines.join(), /connection refused/);
});

test('a process that dies while it tells leaves the notice to the next one', async () => {
  const { clock, told, open } = await openQueue('app');
  void open(() => new Promise(() => undefined)).run();
  const next = open(async () => ({ kind: 'told' }));
  await new Promise((resolve) => setImmediate(resolve));
  await next.run();
  assert.equal(told.length, 1);
  clock.ms += 60_000;
  await next.run();
  assert.equal(told.length, 2);
  assert.equal(told[0]?.id, told[1]?.id);
});

test('after a day an application is given up, with a line that says so', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async () => ({ kind: 'failed', why: 'it answered 500' }));
  await sender.run();
  clock.ms += 24 * 3_600_000 + 1;
  await sender.run();
  assert.equal(told.length, 1);
  assert.match(lines.at(-1) ?? '', /given up/);
});

test('what is queued while a round is under way is told without waiting for the next', async () => {
  const { told, open } = await openQueue('app');
  const sender = open(async () => {
    void sender.run();
    return { kind: 'told' };
  });
  await sender.run();
  assert.equal(told.length, 1);
});
