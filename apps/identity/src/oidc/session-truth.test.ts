import assert from 'node:assert/strict';
import { after, before, mock, test } from 'node:test';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  userinfo,
} from './client.testing.ts';
import { alice, guideClient, type House, openHouse } from './house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      { ...guideClient, consent_mode: 'implicit' },
      { ...guideClient, client_id: 'one', authorization_policy: 'one_factor', consent_mode: 'implicit' },
      { ...guideClient, client_id: 'closed', authorization_policy: 'nobody', consent_mode: 'implicit' },
    ],
    oidc: { authorization_policies: { nobody: { default_policy: 'deny', rules: [] } } },
  });
});
after(() => house.close());

const asAlice = { as: 'alice', factors: '2' } as const;
const silent = { prompt: 'none' };

async function silentError(browser: ReturnType<House['browser']>, changes = {}): Promise<string | null> {
  return landing(await browser.go(authorizationPath({ ...silent, ...changes }))).searchParams.get('error');
}

test('nobody signed in: prompt=none answers login_required', async () => {
  assert.equal(await silentError(house.browser()), 'login_required');
});

test('a person signed in at the portal goes through in one request, also with prompt=none', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath(), asAlice);
  browser.requests = 0;
  const url = landing(await browser.go(authorizationPath(silent)));
  assert.ok(url.searchParams.get('code'));
  assert.equal(browser.requests, 1);
});

test('after the portal session is gone the engine lets nobody through', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath(), asAlice);
  browser.forget('portal');
  assert.equal(await silentError(browser), 'login_required');
  assert.match((await browser.go(authorizationPath())).headers.get('location') ?? '', /^\/sign-in\//);
});

test('tokens outlive a portal session that merely ran out, and the next sign-in of the same person', async () => {
  const browser = house.browser();
  const tokens = await exchange(house, await codeFor(browser, {}, asAlice));
  browser.forget('portal');
  await codeFor(browser, {}, asAlice);
  assert.equal((await userinfo(house, tokens.body.access_token)).status, 200);
});

test('when somebody else signs in, the application gets them and not the one before', async () => {
  const browser = house.browser();
  const first = claimsOf((await exchange(house, await codeFor(browser, {}, asAlice))).body.id_token);
  browser.forget('portal');
  const second = await exchange(house, await codeFor(browser, {}, { as: 'bob', factors: '2' }));
  assert.notEqual(claimsOf(second.body.id_token).sub, first.sub);
  assert.equal((await userinfo(house, second.body.access_token)).body.preferred_username, 'bob');
});

test('somebody else may finish a request that began in a live session', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath(), asAlice);
  const response = await authorize(browser, authorizationPath({ prompt: 'login' }), {
    as: 'bob',
    factors: '2',
    consent: 'accept',
  });
  const tokens = await exchange(house, landing(response).searchParams.get('code') ?? '');
  assert.equal((await userinfo(house, tokens.body.access_token)).body.preferred_username, 'bob');
});

test('one factor is enough where the policy says so, and no more than that', async () => {
  const browser = house.browser();
  assert.ok(await codeFor(browser, { client_id: 'one' }, { as: 'alice', factors: '1' }));
  assert.equal(await silentError(browser), 'login_required');
  assert.match((await browser.go(authorizationPath())).headers.get('location') ?? '', /^\/sign-in\//);
});

test('a step that forgets the second factor cannot finish', async () => {
  const response = await authorize(house.browser(), authorizationPath(), { as: 'alice', factors: '1' });
  assert.equal(response.status, 500);
  assert.match(await response.text(), /level/);
});

test('a policy that denies ends in access_denied at the application, signed in or not', async () => {
  const browser = house.browser();
  const first = landing(await authorize(browser, authorizationPath({ client_id: 'closed' }), asAlice));
  assert.equal(first.searchParams.get('error'), 'access_denied');
  const later = landing(await browser.go(authorizationPath({ client_id: 'closed' })));
  assert.equal(later.searchParams.get('error'), 'access_denied');
  assert.equal(later.searchParams.get('iss'), house.issuer);
});

test('prompt=login asks again although somebody is signed in, and an old password does not count', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath(), asAlice);
  const asked = await browser.go(authorizationPath({ prompt: 'login' }));
  const step = asked.headers.get('location') ?? '';
  assert.match(step, /^\/sign-in\//);
  const { about } = JSON.parse(await (await browser.go(step)).text());
  assert.equal(typeof about.notBeforeMs, 'number');
  const old = await browser.go(`${step}?consent=accept`, { method: 'POST' });
  assert.equal(old.status, 500);
  assert.match(await old.text(), /newer proof/);
});

test('max_age asks again only when the sign-in is older, and auth_time shows the new one', async () => {
  const browser = house.browser();
  const first = claimsOf((await exchange(house, await codeFor(browser, {}, asAlice))).body.id_token);
  assert.ok(await codeFor(browser, { max_age: '10000' }));
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 30_000 });
  try {
    assert.equal(await silentError(browser, { max_age: '10' }), 'login_required');
    const again = await exchange(house, await codeFor(browser, { max_age: '10' }, asAlice));
    const second = claimsOf(again.body.id_token);
    assert.ok(Number(second.auth_time) >= Number(first.auth_time) + 30);
  } finally {
    mock.timers.reset();
  }
});

test('a hint at another person answers login_required', async () => {
  const browser = house.browser();
  const tokens = await exchange(house, await codeFor(browser, {}, asAlice));
  const hint = tokens.body.id_token;
  assert.ok(landing(await browser.go(authorizationPath({ ...silent, id_token_hint: hint }))).searchParams.get('code'));
  const other = house.browser();
  await codeFor(other, {}, { as: 'bob', factors: '2' });
  assert.equal(await silentError(other, { id_token_hint: hint }), 'login_required');
});

test('a disabled person gets no code, no tokens for an old code, and userinfo refuses', async () => {
  const browser = house.browser();
  const tokens = await exchange(house, await codeFor(browser, {}, asAlice));
  const code = await codeFor(browser);
  house.people.delete('alice');
  try {
    assert.equal(await silentError(browser), 'login_required');
    assert.equal((await exchange(house, code)).body.error, 'invalid_grant');
    assert.equal((await userinfo(house, tokens.body.access_token)).status, 401);
  } finally {
    house.people.set('alice', alice);
  }
});

test('an expired interaction, a lost cookie and the back button end in an answer, never in a loop', async () => {
  const browser = house.browser();
  const step = (await browser.go(authorizationPath())).headers.get('location') ?? '';
  const stranger = house.browser();
  assert.equal(await (await stranger.go(step)).text(), 'expired');
  const answered = await browser.go(`${step}?${new URLSearchParams(aliceAgrees as Record<string, string>)}`, {
    method: 'POST',
  });
  const resume = answered.headers.get('location') ?? '';
  const lost = house.browser();
  assert.equal((await lost.go(resume)).status, 400);
  assert.equal(house.pages.at(-1)?.code, 'sign-in-expired');
  assert.ok(landing(await browser.go(resume)).searchParams.get('code'));
  assert.equal(await (await browser.go(step)).text(), 'expired');
  assert.equal((await browser.go(resume)).status, 400);
  assert.equal(house.pages.at(-1)?.code, 'sign-in-expired');

  const late = (await browser.go(authorizationPath({ prompt: 'login' }))).headers.get('location') ?? '';
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * 60 * 60 * 1000 });
  try {
    assert.equal(await (await browser.go(late)).text(), 'expired');
  } finally {
    mock.timers.reset();
  }
});

test('two tabs of one browser both arrive', async () => {
  const browser = house.browser();
  const steps = [await browser.go(authorizationPath()), await browser.go(authorizationPath())].map(
    (response) => response.headers.get('location') ?? '',
  );
  const codes: string[] = [];
  for (const step of steps) {
    const answered = await browser.go(`${step}?as=alice&factors=2`, { method: 'POST' });
    codes.push(landing(await browser.go(answered.headers.get('location') ?? '')).searchParams.get('code') ?? '');
  }
  for (const code of codes) assert.equal((await exchange(house, code)).status, 200);
});

test('what many requests of one browser got at the same time ends with its session, all of it', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath(), asAlice);
  const [session] = [...house.sessions.values()].slice(-1);
  const landings = await Promise.all(Array.from({ length: 40 }, () => browser.go(authorizationPath(silent))));
  const tokens = await Promise.all(
    landings.map((response) => exchange(house, landing(response).searchParams.get('code') ?? '')),
  );
  for (const { status } of tokens) assert.equal(status, 200);
  await house.endSession(session?.id ?? '', 'sign-out');
  const alive = await Promise.all(tokens.map(({ body }) => userinfo(house, body.access_token)));
  assert.deepEqual(new Set(alive.map(({ status }) => status)), new Set([401]));
});

test('a request that was under way when its session ended is granted nothing', async () => {
  let meanwhile: (() => Promise<void>) | undefined;
  const own = await openHouse({
    clients: [{ ...guideClient, consent_mode: 'implicit' }],
    volatile(nowMs) {
      const volatile = memoryVolatile(nowMs);
      return {
        ...volatile,
        // The last write of a grant before it is listed: whoever ends the session now does not see it.
        async put(kind, id, write) {
          if (kind.startsWith('oidc.Grant ')) await meanwhile?.();
          return volatile.put(kind, id, write);
        },
      };
    },
  });
  try {
    const browser = own.browser();
    await authorize(browser, authorizationPath(), asAlice);
    const [session] = [...own.sessions.values()];
    meanwhile = () => own.endSession(session?.id ?? '', 'ban');
    const answer = await browser.go(authorizationPath(silent));
    meanwhile = undefined;
    assert.equal(landing(answer).searchParams.get('code'), null);
    assert.equal(landing(answer).searchParams.get('error'), 'login_required');
    assert.match((await browser.go(authorizationPath())).headers.get('location') ?? '', /^\/sign-in\//);
  } finally {
    await own.close();
  }
});
