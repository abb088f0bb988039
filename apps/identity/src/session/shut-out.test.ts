/** Whoever is shut out while they sign in has not signed in: for the log, for their mailbox, and for the next time. */
import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { sessionsThatTell } from './arrivals.ts';
import { auditedSessions } from './audited-sessions.ts';
import { openTestEndings } from './endings.testing.ts';
import { openSessions } from './sessions.ts';

async function openHouse() {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = () => clock.ms;
  const volatile = sealedVolatile(memoryVolatile(nowMs), openSealer('an encryption key for tests'));
  const endings = await openTestEndings({ volatile, nowMs });
  const identity = { username: 'alice', displayName: 'Alice', emails: [], groups: [], attributes: { extra: {} } };
  const people = { find: async () => ({ kind: 'found' as const, identity }) };
  const peerOf = () => ({ address: '192.0.2.7', scheme: 'https' as const, host: 'auth.example.com' });
  const lines: string[] = [];
  let made = 0;
  const sessions = openSessions({
    ...{ volatile, endings, people, peerOf, nowMs },
    cookies: [
      {
        ...{ domain: 'example.com', authelia_url: new URL('https://auth.example.com'), name: 'authelia_session' },
        ...{ same_site: 'lax', expiration: 3600, inactivity: 300, remember_me: 'disabled' },
      },
    ],
    newSecret: () => `${++made}`.padStart(32, 'S'),
    newId: () => `session-${made}`,
  });
  const audited = auditedSessions(sessions, { peerOf, log: { info: (_fields, message) => lines.push(message) } });
  const telling = sessionsThatTell(audited, {
    ...{ people, peerOf },
    places: { visit: () => assert.fail('a place is known that nobody signed in from') },
    limiter: { charge: () => assert.fail() },
    tellOwner: () => assert.fail('a mail goes out'),
    background: { run: (work) => void work() },
    lookOf: () => assert.fail(),
    browserInWords: () => '',
  });
  return { clock, sessions, telling, endings, lines };
}

function requestWith(setCookie: string | undefined): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  req.headers = { host: 'auth.example.com', cookie: setCookie?.split(';')[0] ?? '' };
  return req;
}

for (const reason of ['password', 'ban'] as const)
  test(`attack 17: a sign-in under way when its person is shut out has not been one, for anybody (${reason})`, async () => {
    const { clock, telling, endings, lines } = await openHouse();
    const factors = { password: clock.ms };
    clock.ms += 3000;
    await endings.endAllOf('alice', reason);
    const req = requestWith(undefined);
    assert.equal(await telling.begin(req, { username: 'alice', rememberMe: false, factors }), undefined);
    assert.equal(await telling.fromRequest(req), undefined);
    assert.deepEqual(lines, ['Was shut out while signing in']);
    assert.deepEqual(await endings.register.ofPerson('alice'), []);
  });

test('a session that the browser brought along outlives a sign-in in its place that came to nothing', async () => {
  const { clock, sessions, endings } = await openHouse();
  const bobs = await sessions.begin(requestWith(undefined), {
    ...{ username: 'bob', rememberMe: false, factors: { password: clock.ms } },
  });
  const factors = { password: clock.ms };
  clock.ms += 3000;
  await endings.endAllOf('alice', 'password');
  const req = requestWith(bobs?.setCookie);
  assert.equal(await sessions.begin(req, { username: 'alice', rememberMe: false, factors }), undefined);
  assert.equal((await sessions.fromRequest(req))?.username, 'bob');
  assert.equal((await sessions.fromRequest(requestWith(bobs?.setCookie)))?.username, 'bob');
});
