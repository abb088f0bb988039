import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { FindAnswer } from '../directory/directory.ts';
import { openTestEndings } from './endings.testing.ts';
import { condemn, sessionKind } from './endings.ts';
import type { PortalSession } from './portal-session.ts';

const minuteMs = 60_000;

async function openHouse() {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = (): number => clock.ms;
  const store = memoryVolatile(nowMs);
  const volatile = sealedVolatile(store, openSealer('an encryption key for tests'));
  const ends: string[] = [];
  const failures: string[] = [];
  const state = { directory: 'found' as 'found' | 'unknown' | 'unavailable', tells: true, whenTold: async () => {} };
  const endings = await openTestEndings({
    nowMs,
    volatile,
    cookies: [
      {
        ...{ domain: 'example.com', name: 'authelia_session', same_site: 'lax' },
        ...{ expiration: 3600, inactivity: 300, remember_me: 'disabled' },
      },
    ],
    people: {
      async find(username): Promise<FindAnswer> {
        if (state.directory === 'unknown') return { kind: 'unknown' };
        if (state.directory === 'unavailable') return { kind: 'unavailable', cause: undefined };
        return {
          kind: 'found',
          identity: { username, displayName: '', emails: [], groups: [], attributes: { extra: {} } },
        };
      },
    },
    async onEnd(id, reason) {
      if (!state.tells) throw new Error('the database is away');
      ends.push(`${id} ${reason}`);
      await state.whenTold();
    },
    log: {
      info: () => undefined,
      error: ({ session, err }) => failures.push(`${session} ${err instanceof Error ? err.name : ''}`),
    },
  });
  const secretOf = (session: PortalSession): string => `secret of ${session.id}`;
  const write = (session: PortalSession) =>
    volatile.put(sessionKind, secretOf(session), {
      value: { ...session, lastActivityMs: clock.ms },
      expiresAtMs: session.createdAtMs + 60 * minuteMs,
      alias: session.id,
    });
  return {
    ...{ clock, state, endings, store, volatile, ends, failures },
    isAlive: async (session: PortalSession) =>
      (await volatile.get(sessionKind, secretOf(session)))?.consumedAtMs === undefined,
    active: write,
    async begin(id: string, rememberMe = false, provedAtMs = clock.ms): Promise<PortalSession> {
      const session: PortalSession = {
        ...{ id, cookieDomain: 'example.com', username: 'alice', rememberMe },
        ...{ createdAtMs: clock.ms, lastActivityMs: clock.ms, factors: { password: provedAtMs } },
      };
      await write(session);
      await endings.begins(session, clock.ms + 60 * minuteMs, { network: '192.0.2.*', userAgent: '' });
      return session;
    },
  };
}

test('an end is decided, dead for readers and told, once', async () => {
  const house = await openHouse();
  const session = await house.begin('one');
  await house.endings.end('one', 'sign-out');
  assert.equal(await house.isAlive(session), false);
  assert.deepEqual(house.ends, ['one sign-out']);
  house.clock.ms += 120 * minuteMs;
  assert.equal(await house.endings.look(10), 0);
});

test('a session that nobody ends is noticed at its expiry', async () => {
  const house = await openHouse();
  await house.begin('one', true);
  house.clock.ms += 60 * minuteMs - 1;
  assert.equal(await house.endings.look(10), 0);
  house.clock.ms += 1;
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one expired']);
});

test('a watched session is noticed when it is idle, and not while it is used', async () => {
  const house = await openHouse();
  const session = await house.begin('one');
  await house.endings.watch('one');
  for (let minute = 0; minute < 8; minute++) {
    house.clock.ms += minuteMs;
    if (minute < 4) await house.active(session);
    await house.endings.look(10);
    assert.deepEqual(house.ends, [], `minute ${minute}`);
  }
  house.clock.ms += minuteMs;
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one expired']);
  assert.equal(await house.isAlive(session), false);
});

test('a watched session of somebody the directory disabled ends at the next look; a silent directory ends none', async () => {
  const house = await openHouse();
  await house.begin('one');
  await house.endings.watch('one');
  house.state.directory = 'unavailable';
  house.clock.ms += minuteMs;
  await house.endings.look(10);
  assert.deepEqual(house.ends, []);
  house.state.directory = 'unknown';
  house.clock.ms += minuteMs;
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one directory']);
});

test('what another process decided is finished by the next look', async () => {
  const house = await openHouse();
  const session = await house.begin('one');
  await condemn({ register: house.endings.register, volatile: house.volatile }, 'one', 'administrator');
  assert.equal(await house.isAlive(session), false);
  assert.deepEqual(house.ends, []);
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one administrator']);
});

test('an end that could not be told is told by the next look, for the reason that was first', async () => {
  const house = await openHouse();
  const session = await house.begin('one');
  house.state.tells = false;
  await house.endings.end('one', 'sign-out');
  assert.equal(await house.isAlive(session), false);
  house.state.tells = true;
  await condemn({ register: house.endings.register, volatile: house.volatile }, 'one', 'administrator');
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one sign-out']);
});

test('ends that cannot be told are put off for half a minute, and hold up nobody behind them', async () => {
  const house = await openHouse();
  for (const id of ['one', 'two']) await house.begin(id);
  house.state.tells = false;
  for (const id of ['one', 'two']) await house.endings.end(id, 'administrator');
  await house.begin('three', true);
  house.clock.ms += 60 * minuteMs;
  assert.equal(await house.endings.look(2), 2);
  house.state.tells = true;
  assert.equal(await house.endings.look(2), 1);
  assert.deepEqual(house.ends, ['three expired']);
  house.clock.ms += minuteMs / 2;
  await house.endings.look(2);
  assert.deepEqual(house.ends, ['three expired', 'one administrator', 'two administrator']);
});

test('a session whose value does not open is put off and told in the log, holds up nobody behind it, and ends with its value', async () => {
  const house = await openHouse();
  await house.begin('sealed otherwise', true);
  await sealedVolatile(house.store, openSealer('another key for tests')).put(
    sessionKind,
    'secret of sealed otherwise',
    {
      value: {},
      expiresAtMs: house.clock.ms + 120 * minuteMs,
      alias: 'sealed otherwise',
    },
  );
  house.clock.ms += minuteMs;
  await house.begin('one', true);
  house.clock.ms += 60 * minuteMs;
  assert.equal(await house.endings.look(1), 1);
  assert.deepEqual(house.failures, ['sealed otherwise SealBroken']);
  assert.equal(await house.endings.look(1), 1);
  assert.deepEqual(house.ends, ['one expired']);
  assert.equal(await house.endings.look(1), 0);
  house.clock.ms += minuteMs / 2;
  assert.equal(await house.endings.look(1), 1);
  assert.equal(house.failures.length, 2);
  house.clock.ms += 60 * minuteMs;
  await house.endings.look(1);
  assert.deepEqual(house.ends, ['one expired', 'sealed otherwise expired']);
});

test('a session that is condemned while a look is under way and runs out then is told for why it was condemned', async () => {
  const house = await openHouse();
  await house.begin('one', true);
  await house.begin('two', true);
  const rooms = { register: house.endings.register, volatile: house.volatile };
  house.state.whenTold = async () => void (await condemn(rooms, 'two', 'ban'));
  house.clock.ms += 60 * minuteMs;
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one expired', 'two ban']);
});

test('a session that applications come to know while a look is under way is looked at often from then on', async () => {
  const house = await openHouse();
  await house.begin('one');
  const used = await house.begin('two');
  house.clock.ms += 59 * minuteMs;
  await house.active(used);
  await house.endings.register.lookAgain({ id: 'one', watched: false }, house.clock.ms - 1);
  await house.endings.register.lookAgain({ id: 'two', watched: false }, house.clock.ms);
  house.state.whenTold = () => house.endings.watch('two');
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one expired']);
  house.state.directory = 'unknown';
  await house.endings.look(10);
  assert.deepEqual(house.ends, ['one expired', 'two directory']);
});

test('a crash between the decision and the death of a session leaves neither', async () => {
  const house = await openHouse();
  const session = await house.begin('one');
  await house.endings.register.decideEnd('one', 'ban');
  assert.equal(await house.isAlive(session), true);
  await house.endings.look(10);
  assert.equal(await house.isAlive(session), false);
  assert.deepEqual(house.ends, ['one ban']);
});

test('the sessions of a person are found by name, those that ended not', async () => {
  const house = await openHouse();
  await house.begin('one');
  await house.begin('two');
  await house.endings.end('one', 'sign-out');
  const found = await house.endings.register.ofPerson('alice');
  assert.deepEqual(
    found.map(({ id }) => id),
    ['two'],
  );
  assert.deepEqual(await house.endings.register.ofPerson('bob'), []);
});

for (const reason of ['password', 'ban'] as const)
  test(`attack 17: what was given to sign in before somebody was shut out begins no session afterwards (${reason})`, async () => {
    const house = await openHouse();
    const givenAtMs = house.clock.ms;
    house.clock.ms += 3000;
    await house.endings.endAllOf('alice', reason);
    const late = await house.begin('late', false, givenAtMs);
    assert.equal(await house.isAlive(late), false);
    assert.deepEqual(house.ends, [`late ${reason}`]);
    const next = await house.begin('next');
    assert.equal(await house.isAlive(next), true, 'what is given from then on does');
  });

test('a sign-out elsewhere ends what there is, and nothing that is under way', async () => {
  const house = await openHouse();
  const givenAtMs = house.clock.ms;
  house.clock.ms += 3000;
  await house.endings.endAllOf('alice', 'sign-out');
  assert.equal(await house.isAlive(await house.begin('late', false, givenAtMs)), true);
});
