import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { countedVolatile } from '@gatehouse/storage/volatile/counted-volatile.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { peerReader } from '@gatehouse/web/peer.ts';
import type { FindAnswer } from '../directory/directory.ts';
import type { CookieRules } from './cookie.ts';
import { openTestEndings } from './endings.testing.ts';
import { amrOf, authenticatedAtMs, levelOf } from './portal-session.ts';
import { openSessions } from './sessions.ts';

const minuteMs = 60_000;

function cookieFor(domain: string, more: Partial<CookieRules> = {}): CookieRules {
  const lifetimes = { expiration: 3600, inactivity: 300, remember_me: 2_592_000 };
  const authelia_url = new URL(`https://auth.${domain}`);
  return { domain, authelia_url, name: 'authelia_session', same_site: 'lax', ...lifetimes, ...more };
}

async function openHouse(cookies: CookieRules[] = [cookieFor('example.com'), cookieFor('example.org')]) {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = (): number => clock.ms;
  const volatile = countedVolatile(memoryVolatile(nowMs));
  const directory: { answer: FindAnswer['kind'] } = { answer: 'found' };
  const sealed = sealedVolatile(volatile, openSealer('an encryption key for tests'));
  const ends: string[] = [];
  const onEnd = async (_id: string, reason: string): Promise<void> => void ends.push(reason);
  const endings = await openTestEndings({ volatile: sealed, cookies, nowMs, onEnd });
  const between = { fallAndRise: async (): Promise<void> => undefined };
  const sessions = openSessions({
    volatile: {
      ...sealed,
      async consume(...given) {
        const answer = await sealed.consume(...given);
        await between.fallAndRise();
        return answer;
      },
    },
    endings,
    cookies,
    people: {
      async find(username): Promise<FindAnswer> {
        const identity = { username, displayName: '', emails: [], groups: [], attributes: { extra: {} } };
        if (directory.answer === 'found') return { kind: 'found', identity };
        return directory.answer === 'unknown' ? { kind: 'unknown' } : { kind: 'unavailable', cause: undefined };
      },
    },
    peerOf: peerReader([]),
    nowMs,
    newSecret: () => randomBytes(24).toString('base64url'),
    newId: randomUUID,
  });
  return { clock, directory, sessions, endings, volatile, ends, between };
}

function requestTo(host: string, cookie?: string): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  req.headers = { host, ...(cookie !== undefined && { cookie }) };
  return req;
}

const alice = { username: 'alice', rememberMe: false, factors: { password: 1 } };

/** The `name=value` of a Set-Cookie line. */
function pairOf(setCookie: string | undefined): string {
  return setCookie?.split(';')[0] ?? '';
}

type House = Awaited<ReturnType<typeof openHouse>>;

/** Of somebody who may sign in. */
async function begin({ sessions }: Pick<House, 'sessions'>, req: IncomingMessage, about: Partial<typeof alice> = {}) {
  return (await sessions.begin(req, { ...alice, ...about })) ?? assert.fail('they were shut out');
}

async function begun(house: House, about: Partial<typeof alice> = {}): Promise<string> {
  return pairOf((await begin(house, requestTo('auth.example.com'), about)).setCookie);
}

test('a session is found by its cookie, on every host of its domain', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  assert.equal((await house.sessions.fromRequest(requestTo('auth.example.com', cookie)))?.username, 'alice');
  assert.equal((await house.sessions.fromCookies(cookie, 'app.example.com:443'))?.username, 'alice');
  assert.equal(await house.sessions.fromCookies(cookie, 'notexample.com'), undefined);
});

test('the cookie follows the rules of its domain', async () => {
  const { setCookie } = await begin(await openHouse(), requestTo('auth.example.com'));
  assert.match(
    setCookie,
    /^authelia_session=[\w-]{32}; Domain=example\.com; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Lax; Secure$/,
  );
});

test('a cookie is Secure unless the portal is plain http under localhost', async () => {
  const local = await openHouse([cookieFor('auth.localhost', { authelia_url: new URL('http://auth.localhost:9091') })]);
  const { setCookie } = await begin(local, requestTo('auth.localhost:9091'));
  assert.doesNotMatch(setCookie, /Secure/);
});

test('a cookie of one domain is nobody on another, and dies there', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.org', cookie)), undefined);
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', cookie)), undefined);
});

test('garbage, oversized and duplicate cookies are nobody', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  const other = await begun(house, { username: 'bob' });
  for (const bad of [
    '',
    'authelia_session',
    'authelia_session=',
    'authelia_session=%00%ff',
    `${cookie}x`,
    `authelia_session="${cookie.split('=')[1]}"`,
    `${cookie}; ${cookie}`,
    `${other}; ${cookie}`,
    `${cookie}; padding=${'a'.repeat(20_000)}`,
  ])
    assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', bad)), undefined, bad.slice(0, 60));
  assert.ok(await house.sessions.fromRequest(requestTo('auth.example.com', `a=b; ${cookie}; c=d`)));
});

test('an idle session ends at its inactivity, an active one at its expiration', async () => {
  const house = await openHouse();
  const idle = await begun(house);
  house.clock.ms += 5 * minuteMs;
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', idle)), undefined);
  const active = await begun(house);
  for (let minute = 4; minute < 60; minute += 4) {
    house.clock.ms += 4 * minuteMs;
    assert.ok(await house.sessions.fromRequest(requestTo('auth.example.com', active)), `minute ${minute}`);
  }
  house.clock.ms += 4 * minuteMs;
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', active)), undefined);
});

test('a remembered session outlives inactivity and lasts remember_me', async () => {
  const house = await openHouse();
  const cookie = await begun(house, { rememberMe: true });
  house.clock.ms += 29 * 24 * 60 * minuteMs;
  assert.ok(await house.sessions.fromRequest(requestTo('auth.example.com', cookie)));
  house.clock.ms += 24 * 60 * minuteMs;
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', cookie)), undefined);
});

test('nobody is remembered where remember_me is disabled', async () => {
  const house = await openHouse([cookieFor('example.com', { remember_me: 'disabled' })]);
  const { session } = await begin(house, requestTo('auth.example.com'), { rememberMe: true });
  assert.equal(session.rememberMe, false);
});

test('attack 22: each rise brings a new secret and kills the old one; the id stays', async () => {
  const house = await openHouse();
  const before = await begun(house);
  const raised = await house.sessions.raise(requestTo('auth.example.com', before), { factors: { totp: 2 } });
  assert.ok(raised);
  assert.notEqual(pairOf(raised.setCookie), before);
  assert.deepEqual(raised.session.factors, { password: 1, totp: 2 });
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', before)), undefined);
  const after = await house.sessions.fromRequest(requestTo('auth.example.com', pairOf(raised.setCookie)));
  assert.equal(after?.id, raised.session.id);
});

test('of two rises of one session at once, one succeeds', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  const both = await Promise.all(
    [2, 3].map((totp) => house.sessions.raise(requestTo('auth.example.com', cookie), { factors: { totp } })),
  );
  assert.equal(both.filter(Boolean).length, 1);
});

test('attack 22: a cookie that was planted before the sign-in is never kept', async () => {
  const house = await openHouse();
  const planted = await begun(house, { username: 'bob' });
  const { setCookie } = await begin(house, requestTo('auth.example.com', planted));
  assert.notEqual(pairOf(setCookie), planted);
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', planted)), undefined);
});

test('an ended session stays ended, even when a request under way writes its activity afterwards', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  const underWay = requestTo('auth.example.com', cookie);
  assert.ok(await house.sessions.fromRequest(underWay));
  const cleared = await house.sessions.end(requestTo('auth.example.com', cookie));
  assert.match(cleared ?? '', /^authelia_session=; .*Expires=Thu, 01 Jan 1970/);
  await house.sessions.update(underWay, {});
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', cookie)), undefined);
});

test('a session that rose ends by its id, though a request under way writes its activity after or during the rise', async () => {
  for (const order of ['after', 'during'] as const) {
    const house = await openHouse();
    const cookie = await begun(house);
    const underWay = requestTo('auth.example.com', cookie);
    assert.ok(await house.sessions.fromRequest(underWay));
    const rise = () => house.sessions.raise(requestTo('auth.example.com', cookie), { factors: { totp: 2 } });
    const raised =
      order === 'after' ? await rise() : (await Promise.all([rise(), house.sessions.update(underWay, {})]))[0];
    if (order === 'after') await house.sessions.update(underWay, {});
    assert.ok(raised);
    await house.endings.end(raised.session.id, 'administrator');
    const later = requestTo('auth.example.com', pairOf(raised.setCookie));
    assert.equal(await house.sessions.fromRequest(later), undefined, order);
  }
});

test('a session that is told to end while it rises does not rise', async () => {
  for (const first of ['end', 'rise'] as const) {
    const house = await openHouse();
    const cookie = await begun(house);
    const id = (await house.sessions.fromRequest(requestTo('auth.example.com', cookie)))?.id ?? '';
    const rise = () => house.sessions.raise(requestTo('auth.example.com', cookie), { factors: { totp: 2 } });
    const [raised] =
      first === 'rise'
        ? await Promise.all([rise(), house.endings.end(id, 'administrator')])
        : [(await Promise.all([house.endings.end(id, 'administrator'), rise()]))[1]];
    const later = requestTo('auth.example.com', pairOf(raised?.setCookie));
    assert.equal(await house.sessions.fromRequest(later), undefined, first);
  }
});

test('a session that ends when its old secret fell and the next is not there yet does not rise', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  const req = requestTo('auth.example.com', cookie);
  const { id } = (await house.sessions.fromRequest(req)) ?? assert.fail('there is no session');
  house.between.fallAndRise = () => house.endings.end(id, 'administrator');
  assert.equal(await house.sessions.raise(req, { factors: { totp: 2 } }), undefined);
  assert.equal(await house.sessions.fromRequest(req), undefined);
});

test('a session of someone the directory no longer knows ends; a silent directory ends none', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  house.directory.answer = 'unavailable';
  assert.ok(await house.sessions.fromRequest(requestTo('auth.example.com', cookie)));
  house.directory.answer = 'unknown';
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', cookie)), undefined);
  house.directory.answer = 'found';
  assert.equal(await house.sessions.fromRequest(requestTo('auth.example.com', cookie)), undefined);
});

test('attack 20: a proven mailbox raises no level, adds no factor and makes no proof younger', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  const before = await house.sessions.fromRequest(requestTo('auth.example.com', cookie));
  const elevation = { expiresAtMs: Number.MAX_SAFE_INTEGER, remoteAddress: '192.0.2.1' };
  const raised = await house.sessions.raise(requestTo('auth.example.com', cookie), { elevation });
  assert.ok(before && raised);
  assert.equal(levelOf(raised.session), 1);
  assert.deepEqual(amrOf(raised.session), amrOf(before));
  assert.deepEqual(raised.session.factors, before.factors);
  assert.equal(authenticatedAtMs(raised.session), authenticatedAtMs(before));
});

test('elevation is given and taken away', async () => {
  const house = await openHouse();
  const elevation = { expiresAtMs: 5, remoteAddress: '192.0.2.1' };
  const raised = await house.sessions.raise(requestTo('auth.example.com', await begun(house)), { elevation });
  assert.deepEqual(raised?.session.elevation, elevation);
  const lowered = await house.sessions.update(requestTo('auth.example.com', pairOf(raised?.setCookie)), {
    elevation: undefined,
  });
  assert.ok(lowered);
  assert.equal('elevation' in lowered, false);
});

test('asking who is here touches the store once a request, and activity is written now and then', async () => {
  const house = await openHouse();
  const cookie = await begun(house);
  house.volatile.reset();
  const req = requestTo('auth.example.com', cookie);
  await house.sessions.fromRequest(req);
  await house.sessions.fromRequest(req);
  assert.equal(house.volatile.touches().total, 1);
  house.clock.ms += minuteMs;
  house.volatile.reset();
  await house.sessions.fromRequest(requestTo('auth.example.com', cookie));
  await house.sessions.fromRequest(requestTo('auth.example.com', cookie));
  assert.deepEqual([house.volatile.touches().get, house.volatile.touches().put], [2, 1]);
});

test('each end says why: signed out, replaced by somebody else, run out, unknown to the directory', async () => {
  const house = await openHouse();
  await house.sessions.end(requestTo('auth.example.com', await begun(house)));
  const first = await begun(house);
  const { setCookie } = await begin(house, requestTo('auth.example.com', first), { username: 'bob' });
  house.clock.ms += 300_000;
  await house.sessions.fromRequest(requestTo('auth.example.com', pairOf(setCookie)));
  const last = await begun(house);
  house.directory.answer = 'unknown';
  await house.sessions.fromRequest(requestTo('auth.example.com', last));
  assert.deepEqual(house.ends, ['sign-out', 'replaced', 'expired', 'directory']);
});
