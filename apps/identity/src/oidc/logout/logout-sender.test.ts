import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openMemoryDatabase } from '../../storage/databases.suite.ts';
import { type LogoutNotice, openLogoutNotices } from './logout-notices.ts';
import { type LogoutSender, openLogoutSender, pauseMs, type Told } from './logout-sender.ts';
import { openSessionLinks } from './session-links.ts';

const issuer = 'https://auth.example.com';

async function openQueue(...clientIds: readonly string[]) {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = (): number => clock.ms;
  const database = await openMemoryDatabase();
  const links = openSessionLinks({ database, nowMs, newId: randomUUID });
  let sids = 0;
  async function queue(...clientIds: readonly string[]): Promise<void> {
    for (const clientId of clientIds) {
      sids += 1;
      await links.addApplication('session', { issuer, clientId, subject: 'alice', sid: `sid-${sids}` });
    }
    await links.release('session');
  }
  await queue(...clientIds);
  const lines: string[] = [];
  const note = (fields: Readonly<Record<string, unknown>>, message: string): void =>
    void lines.push(`${fields.client} ${message}`);
  const told: LogoutNotice[] = [];
  const notices = openLogoutNotices({ database, nowMs });
  const open = (tell: (notice: LogoutNotice) => Promise<Told>, queued = notices): LogoutSender =>
    openLogoutSender({
      notices: queued,
      async tell(notice) {
        told.push(notice);
        return tell(notice);
      },
      nowMs,
      log: { debug: () => undefined, warn: note, error: note },
    });
  return { clock, lines, told, notices, queue, open };
}

/** Everything that is due has been tried. */
async function round(sender: LogoutSender): Promise<void> {
  await sender.run();
  await sender.settled();
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
  await round(sender);
  assert.equal(told.length, 1);
  clock.ms += 29_999;
  await round(sender);
  assert.equal(told.length, 1);
  clock.ms += 1;
  await round(sender);
  clock.ms += 89_999;
  await round(sender);
  assert.equal(told.length, 2);
  clock.ms += 1;
  await round(sender);
  assert.equal(told.length, 3);
  assert.equal(new Set(told.map(({ id }) => id)).size, 1);
  clock.ms += 3_600_000;
  await round(sender);
  assert.equal(told.length, 3);
  assert.match(lines.join('\n'), /^app An application could not be told .*503.* Tried again in 30 s$/m);
});

test('an application that refuses is not asked again, and the log says so', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async () => ({ kind: 'refused', why: 'it answered 400' }));
  await round(sender);
  clock.ms += 3_600_000;
  await round(sender);
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
  await sender.run();
  await arrived.promise;
  hanging.resolve({ kind: 'told' });
  await sender.settled();
});

test('an application that takes long over many notices delays none that comes meanwhile', async () => {
  const { told, queue, open } = await openQueue('slow', 'slow', 'slow');
  const hanging = Promise.withResolvers<Told>();
  const arrived = Promise.withResolvers<void>();
  const sender = open(async ({ clientId }) => {
    if (clientId === 'slow') return hanging.promise;
    arrived.resolve();
    return { kind: 'told' };
  });
  await sender.run();
  await queue('app');
  await sender.run();
  await arrived.promise;
  assert.deepEqual(
    told.map(({ clientId }) => clientId),
    ['slow', 'app'],
  );
  hanging.resolve({ kind: 'told' });
  await sender.settled();
  assert.equal(told.length, 4);
});

test('fifty applications are told at once, and the next one as soon as one of them is done', {
  timeout: 20_000,
}, async () => {
  const slow = Array.from({ length: 50 }, (_, index) => `slow-${index}`);
  const { told, queue, open } = await openQueue(...slow);
  const hanging = Promise.withResolvers<Told>();
  const first = Promise.withResolvers<Told>();
  const arrived = Promise.withResolvers<void>();
  const appArrived = Promise.withResolvers<void>();
  const sender = open(async ({ clientId }) => {
    if (told.length === 50) arrived.resolve();
    if (clientId === 'app') appArrived.resolve();
    return clientId === 'slow-0' ? first.promise : hanging.promise;
  });
  await sender.run();
  await arrived.promise;
  await queue('app');
  await sender.run();
  assert.equal(told.length, 50);
  first.resolve({ kind: 'told' });
  await appArrived.promise;
  hanging.resolve({ kind: 'told' });
  await sender.settled();
});

test('it stops after the call under way, and leaves the other notices to whoever comes next', async () => {
  const { told, open } = await openQueue('slow', 'slow', 'slow');
  const hanging = Promise.withResolvers<Told>();
  const arrived = Promise.withResolvers<void>();
  const sender = open(async () => {
    arrived.resolve();
    return hanging.promise;
  });
  await sender.run();
  await arrived.promise;
  const stopped = sender.stop();
  await sender.run();
  hanging.resolve({ kind: 'told' });
  await stopped;
  assert.equal(told.length, 1);
  await round(open(async () => ({ kind: 'told' })));
  assert.equal(told.length, 3);
});

test('a notice that comes between the last look for its application and the end of serving it is told at once', async () => {
  const { told, notices, queue, open } = await openQueue('app');
  const sender = open(async () => ({ kind: 'told' }), {
    ...notices,
    async take(recipient, leaseMs) {
      const notice = await notices.take(recipient, leaseMs);
      if (notice || told.length > 1) return notice;
      await queue('app');
      await sender.run();
      return undefined;
    },
  });
  await round(sender);
  assert.equal(told.length, 2);
});

test('a thrown failure is tried again like any other', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async () => {
    throw new Error('connection refused');
  });
  await round(sender);
  clock.ms += 30_000;
  await round(sender);
  assert.equal(told.length, 2);
  assert.match(lines.join(), /connection refused/);
});

test('what is due for an application that one process does not know is told at once by another that does', async () => {
  const { lines, told, open } = await openQueue('app', 'app');
  await round(open(async () => ({ kind: 'unknown' })));
  assert.equal(told.length, 1);
  await round(open(async () => ({ kind: 'told' })));
  assert.equal(told.length, 3);
  assert.deepEqual(lines, []);
});

test('a process asks for an application that it does not know once a minute, and serves the others meanwhile', async () => {
  const unknown = Array.from({ length: 50 }, (_, index) => `unknown-${index}`);
  const { clock, told, queue, open } = await openQueue(...unknown);
  const sender = open(async ({ clientId }) => ({ kind: clientId === 'app' ? 'told' : 'unknown' }));
  await round(sender);
  clock.ms += 59_999;
  await queue('app');
  await round(sender);
  assert.deepEqual(
    told.slice(50).map(({ clientId }) => clientId),
    ['app'],
  );
  clock.ms += 1;
  await round(sender);
  assert.equal(told.length, 101);
});

test('takes by a process that does not know the application neither lose a notice that failed before nor lengthen its pause', async () => {
  const { clock, told, open } = await openQueue('app');
  const failing = open(async () => ({ kind: 'failed', why: 'it answered 503' }));
  for (let attempts = 1; attempts <= 4; attempts += 1) {
    await round(failing);
    clock.ms += pauseMs(attempts);
  }
  await round(open(async () => ({ kind: 'unknown' })));
  await round(open(async () => ({ kind: 'told' })));
  assert.deepEqual(
    told.map(({ attempts }) => attempts),
    [1, 2, 3, 4, 5, 5],
  );
});

test('a notice for an application that nobody knows for a day is given up', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async () => ({ kind: 'unknown' }));
  for (let hour = 0; hour <= 24; hour += 1) {
    await round(sender);
    clock.ms += 3_600_000;
  }
  assert.equal(told.length, 25);
  assert.deepEqual(lines, []);
  await round(sender);
  assert.equal(told.length, 25);
  assert.match(lines.join(), /^app .*given up$/);
});

test('a process that dies while it tells leaves the notice to the next one', async () => {
  const { clock, told, open } = await openQueue('app');
  void open(() => new Promise(() => undefined)).run();
  const next = open(async () => ({ kind: 'told' }));
  await new Promise((resolve) => setImmediate(resolve));
  await round(next);
  assert.equal(told.length, 1);
  clock.ms += 60_000;
  await round(next);
  assert.equal(told.length, 2);
  assert.equal(told[0]?.id, told[1]?.id);
});

test('after a day an application is given up, with a line that says so', async () => {
  const { clock, lines, told, open } = await openQueue('app');
  const sender = open(async () => ({ kind: 'failed', why: 'it answered 500' }));
  await round(sender);
  clock.ms += 24 * 3_600_000 + 1;
  await round(sender);
  assert.equal(told.length, 1);
  assert.match(lines.at(-1) ?? '', /given up/);
});

test('what is queued while a look is under way is told without waiting for the next round', async () => {
  const { told, notices, queue, open } = await openQueue('app');
  let looks = 0;
  const sender = open(async () => ({ kind: 'told' }), {
    ...notices,
    async recipients(atMost) {
      const due = await notices.recipients(atMost);
      looks += 1;
      if (looks === 1) {
        await queue('late');
        void sender.run();
      }
      return due;
    },
  });
  await round(sender);
  assert.deepEqual(told.map(({ clientId }) => clientId).toSorted(), ['app', 'late']);
});
