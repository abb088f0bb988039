/** Attack 40: a reload takes something away from an application while somebody is signing in to it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  landing,
  type Params,
  post,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';
import { answerFor, codesOf, redeem, television, typeCode } from '../device-flow/device.testing.ts';

const elsewhere = 'https://leantime.example.com/elsewhere';
const service = 'https://api.example.com';
const wide: ClientOptions = {
  ...guideClient,
  require_pkce: false,
  pkce_challenge_method: '',
  redirect_uris: [...(guideClient.redirect_uris ?? []), elsewhere],
  scopes: [...(guideClient.scopes ?? []), 'phone'],
  response_types: ['code', 'code id_token'],
  response_modes: ['query', 'fragment', 'form_post'],
  audience: [service],
  pushed_authorization_request_endpoint_auth_method: 'client_secret_post',
};

let house: House;
beforeEach(async () => {
  house = await openHouse({ clients: [wide, television] });
});
afterEach(() => house.close());

type Narrowing = { readonly asks: Params; readonly changes: Partial<ClientOptions>; readonly cause: string };

const narrowings: Readonly<Record<string, Narrowing>> = {
  'an address': {
    asks: { redirect_uri: elsewhere },
    changes: { redirect_uris: guideClient.redirect_uris },
    cause: 'redirect-uri',
  },
  'a scope': {
    asks: { scope: 'openid phone' },
    changes: { scopes: guideClient.scopes },
    cause: 'scope-unregistered',
  },
  'a response type': {
    asks: { response_type: 'code id_token', nonce: 'a-nonce-of-enough' },
    changes: { response_types: ['code'] },
    cause: 'response-type',
  },
  'a response mode': {
    asks: { response_mode: 'fragment' },
    changes: { response_modes: ['query'] },
    cause: 'response-mode',
  },
  'an audience': { asks: { audience: service }, changes: { audience: [] }, cause: 'audience-unregistered' },
  'requests without PKCE': {
    asks: { code_challenge: undefined, code_challenge_method: undefined },
    changes: { require_pkce: true },
    cause: 'pkce-missing',
  },
  'requests that are not pushed': {
    asks: {},
    changes: { require_pushed_authorization_requests: true },
    cause: 'push-missing',
  },
};

async function begin(browser: Browser, asks: Params): Promise<string> {
  return String((await browser.go(authorizationPath(asks))).headers.get('location'));
}

function answer(browser: Browser, step: string, person = aliceAgrees): Promise<Response> {
  return browser.go(`${step}?${new URLSearchParams(person as Record<string, string>)}`, { method: 'POST' });
}

/** On a page of ours, which leads to no application, and told to whoever looks after this one. */
async function assertEnded(response: Response, cause: string): Promise<void> {
  assert.equal(response.status, 400, response.headers.get('location') ?? '');
  assert.equal(response.headers.get('location'), null);
  assert.equal(house.pages.at(-1)?.code, cause);
  assert.ok((await house.refusals()).some((refusal) => refusal.cause === cause));
}

for (const [what, { asks, changes, cause }] of Object.entries(narrowings)) {
  test(`attack 40: ${what} taken away while a person is asked: the next step ends the sign-in`, async () => {
    const browser = house.browser();
    const steps = [await begin(browser, asks), await begin(browser, asks)] as const;
    await house.reload([{ ...wide, ...changes }, television]);
    for (const told of [await browser.go(steps[0]), await answer(browser, steps[1])]) {
      assert.equal(told.status, 303);
      await assertEnded(await browser.go(String(told.headers.get('location'))), cause);
    }
    for (const step of steps) assert.equal((await browser.go(step)).status, 410);
  });

  test(`attack 40: ${what} taken away on the way back from signing in gives no code`, async () => {
    const browser = house.browser();
    const answered = await answer(browser, await begin(browser, asks));
    await house.reload([{ ...wide, ...changes }, television]);
    await assertEnded(await browser.go(String(answered.headers.get('location'))), cause);
  });

  if (cause === 'push-missing') continue;
  test(`what is left to an application that loses ${what} goes on`, async () => {
    const browser = house.browser();
    const answered = await answer(browser, await begin(browser, {}));
    await house.reload([{ ...wide, ...changes }, television]);
    assert.ok(landing(await browser.go(String(answered.headers.get('location')))).searchParams.get('code'));
  });
}

test('attack 40: a person who refused is not sent to an address that was taken away meanwhile', async () => {
  const browser = house.browser();
  const step = await begin(browser, { redirect_uri: elsewhere });
  const answered = await answer(browser, step, { ...aliceAgrees, consent: 'deny' });
  await house.reload([{ ...wide, redirect_uris: guideClient.redirect_uris }]);
  await assertEnded(await browser.go(String(answered.headers.get('location'))), 'redirect-uri');
});

test('a pushed request goes on when pushing becomes the rule', async () => {
  const browser = house.browser();
  const { searchParams } = new URL(authorizationPath(), house.issuer);
  const secret = { client_secret: 'insecure_secret' };
  const pushed = await post(house, '/api/oidc/pushed-authorization-request', {
    ...Object.fromEntries(searchParams),
    ...secret,
  });
  const step = await begin(browser, { client_id: 'leantime', request_uri: pushed.body.request_uri });
  await house.reload([{ ...wide, require_pushed_authorization_requests: true }]);
  const answered = await answer(browser, step);
  assert.ok(landing(await browser.go(String(answered.headers.get('location')))).searchParams.get('code'));
});

const narrowedDevices: Readonly<Record<string, Partial<ClientOptions>>> = {
  'its scope': { scopes: ['openid', 'groups'] },
  'the grant of devices': { grant_types: ['refresh_token'], response_types: [] },
};

for (const [what, changes] of Object.entries(narrowedDevices)) {
  const narrow = () => house.reload([{ ...television, ...changes }]);

  test(`attack 40: a device that loses ${what} before the code is typed gets nothing, and is told`, async () => {
    const { userCode, deviceCode } = await codesOf(house);
    await narrow();
    const typed = await typeCode(house.browser(), userCode);
    assert.deepEqual([typed.status, typed.headers.get('location')], [400, null]);
    assert.notEqual((await redeem(house, deviceCode)).status, 200);
    assert.notEqual((await redeem(house, deviceCode)).body.error, 'authorization_pending');
  });

  test(`attack 40: a device that loses ${what} while a person is asked gets nothing, and is told`, async () => {
    const browser = house.browser();
    const { userCode, deviceCode } = await codesOf(house);
    const step = String((await typeCode(browser, userCode)).headers.get('location'));
    await narrow();
    const told = await browser.go(step);
    assert.equal(told.status, 303);
    assert.equal((await browser.go(String(told.headers.get('location')))).status, 400);
    assert.notEqual((await redeem(house, deviceCode)).body.error, 'authorization_pending');
  });

  test(`attack 40: a device that loses ${what} on the way back from signing in gets nothing`, async () => {
    const browser = house.browser();
    const { userCode, deviceCode } = await codesOf(house);
    const step = String((await typeCode(browser, userCode)).headers.get('location'));
    const answered = await answer(browser, step, { as: 'alice', factors: '1', consent: 'accept' });
    await narrow();
    assert.equal((await browser.go(String(answered.headers.get('location')))).status, 400);
    assert.notEqual((await redeem(house, deviceCode)).status, 200);
  });
}

test('a device whose application keeps what it asks for goes on', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  await house.reload([{ ...television, scopes: ['openid', 'profile'] }]);
  await answerFor(house.browser(), userCode, { as: 'alice', factors: '1', consent: 'accept' });
  assert.equal((await redeem(house, deviceCode)).status, 200);
});

test('a sign-in that begins after the reload is refused at once', async () => {
  await house.reload([{ ...wide, scopes: guideClient.scopes }]);
  const refused = await authorize(house.browser(), authorizationPath({ scope: 'openid phone' }));
  await assertEnded(refused, 'scope-unregistered');
});
