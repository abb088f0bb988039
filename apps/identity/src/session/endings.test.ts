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
  const volatile = sealedVolatile(memoryVolatile(nowMs), openSealer('an encryption key for tests'));
  const ends: string[] = [];
  const state = { directory: 'found' as 'found' | 'unknown' | 'unavailable', tells: true };
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
    clock,
    state,
    endings,
    volatile,
    ends,
    isAlive: async (session: PortalSession) =>
      (await volatile.get(sessionKind, secretOf(session)))?.consumedAtMs === undefined,
    active: write,
    async begin(id: string, rememberMe = false): Promise<PortalSession> {
      const session: PortalSession = {
        ...{ id, cookieDomain: 'example.com', username: 'alice', rememberMe },
        ...{ createdAtMs: clock.ms, lastActivityMs: clock.ms, factors: { password: clock.ms } },
      };
      await endings.begins(session, clock.ms + 60 * minuteMs, { network: '192.0.2.*', userAgent: '' });
      await write(session);
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
