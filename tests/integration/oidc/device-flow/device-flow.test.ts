/** A device gets a code, its person answers in a browser, and the device gets tokens (RFC 8628). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import { claimsOf, post, userinfo } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideSecret, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import {
  answerFor,
  askForCodes,
  codePath,
  codesOf,
  deviceGrant,
  redeem,
  television,
  typeCode,
} from './device.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      television,
      { ...television, client_id: 'strict', authorization_policy: 'two_factor' },
      { ...television, client_id: 'implicit', consent_mode: 'implicit' },
      { ...television, client_id: 'remembered', consent_mode: 'pre-configured' },
      { ...television, client_id: 'brief', lifespan: 'brief' },
      {
        ...television,
        client_id: 'printer',
        public: false,
        client_secret: { kind: 'digest', family: 'pbkdf2', text: guideSecret },
        token_endpoint_auth_method: 'client_secret_basic',
      },
      { client_id: 'website', public: true, redirect_uris: ['https://website.example.com/'], scopes: ['openid'] },
    ],
    oidc: {
      lifespans: {
        device_code: 300,
        custom: { brief: { device_code: 60, grants: { device_code: { access_token: 77 } } } },
      },
    },
  });
});
after(() => house.close());

test('a device gets a code of eight letters in two groups, where to type it, and how often to ask', async () => {
  const { status, body, headers } = await askForCodes(house);
  assert.equal(status, 200);
  assert.match(String(body.user_code), /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  assert.equal(body.verification_uri, `${house.issuer}${codePath}`);
  assert.equal(body.verification_uri_complete, `${house.issuer}${codePath}?user_code=${body.user_code}`);
  assert.equal(Number(body.expires_in), 300);
  assert.equal(Number(body.interval), 10);
  assert.equal(headers.get('cache-control'), 'no-store');
});

test('a person who agrees lets the device in, and the device was told to wait before', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  const pending = await redeem(house, deviceCode);
  assert.deepEqual([pending.status, pending.body.error], [400, 'authorization_pending']);
  const end = await answerFor(house.browser(), userCode, { as: 'alice', factors: '1', consent: 'accept' });
  assert.equal(end.status, 200);
  assert.deepEqual(house.devicePages.at(-1), {
    kind: 'done',
    application: { clientId: 'television', name: 'Television' },
  });
  const { status, body } = await redeem(house, deviceCode);
  assert.equal(status, 200);
  assert.equal(claimsOf(body.id_token).aud, 'television');
  assert.equal((await userinfo(house, body.access_token)).body.preferred_username, 'alice');
  assert.equal(body.refresh_token, undefined);
});

test('a device that asks for lasting access gets it', async () => {
  const { userCode, deviceCode } = await codesOf(house, { scope: 'openid offline_access' });
  await answerFor(house.browser(), userCode, { as: 'alice', factors: '1', consent: 'accept' });
  const { body } = await redeem(house, deviceCode);
  const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: 'television' };
  assert.equal((await post(house, '/api/oidc/token', fields)).status, 200);
});

test('a person who refuses keeps the device out', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  await answerFor(house.browser(), userCode, { as: 'alice', factors: '1', consent: 'deny' });
  assert.deepEqual(house.devicePages.at(-1), { kind: 'refused' });
  const { status, body } = await redeem(house, deviceCode);
  assert.deepEqual([status, body.error], [400, 'access_denied']);
});

for (const clientId of ['implicit', 'remembered'])
  test(`consent is asked for a device even where it is ${clientId}, each time, with where the device is`, async () => {
    const browser = house.browser();
    for (const _time of [1, 2]) {
      const { userCode } = await codesOf(house, { client_id: clientId });
      const step = (await typeCode(browser, userCode)).headers.get('location') ?? '';
      const shown = (await (await browser.go(step)).json()) as {
        question: { kind: string; mayRemember: boolean };
        about: { device: { askedAtMs: number } };
      };
      assert.equal(shown.question.kind, 'ask');
      assert.equal(shown.question.mayRemember, false);
      const { askedAtMs, ...device } = shown.about.device;
      assert.deepEqual(device, { address: '198.51.100.4', userAgent: 'TV/2.1', userCode });
      assert.ok(Math.abs(askedAtMs - Date.now()) < 10_000);
      const answered = await browser.go(`${step}?as=alice&factors=1&consent=accept`, { method: 'POST' });
      await browser.go(answered.headers.get('location') ?? '');
      assert.equal(house.devicePages.at(-1)?.kind, 'done');
    }
  });

test('the letters may be typed small, with or without the dash', async () => {
  for (const change of [(code: string) => code.toLowerCase(), (code: string) => ` ${code.replace('-', ' ')} `]) {
    const { userCode, deviceCode } = await codesOf(house);
    await answerFor(house.browser(), change(userCode), { as: 'alice', factors: '1', consent: 'accept' });
    assert.equal((await redeem(house, deviceCode)).status, 200);
  }
});

test('an address that carries the code shows the form with it, and sends nothing by itself', async () => {
  const browser = house.browser();
  const { userCode } = await codesOf(house);
  const response = await browser.go(`${codePath}?user_code=${userCode}`);
  const page = house.devicePages.at(-1);
  assert.equal(response.status, 200);
  assert.ok(page?.kind === 'code' && page.userCode === userCode && page.problem === undefined);
  assert.doesNotMatch(response.headers.get('content-security-policy') ?? '', /script/);
});

test('what is typed wrong, nothing, and a form of another browser are each told apart', async () => {
  const browser = house.browser();
  const problem = () => {
    const page = house.devicePages.at(-1);
    return page?.kind === 'code' ? page.problem : page?.kind;
  };
  await typeCode(browser, 'BBBB-BBBB');
  assert.equal(problem(), 'unknown');
  await typeCode(browser, '');
  assert.equal(problem(), 'missing');
  const page = house.devicePages.at(-1);
  assert.ok(page?.kind === 'code');
  const body = new URLSearchParams({ ...page.fields, user_code: 'BBBB-BBBB' });
  await house.browser().go(codePath, { method: 'POST', body });
  assert.equal(problem(), 'stale');
});

const withoutCookie: Readonly<Record<string, (browser: Browser) => Promise<Response>>> = {
  'a posted code': (browser) => {
    const body = new URLSearchParams({ xsrf: 'x', confirm: 'yes', user_code: 'BBBB-BBBB' });
    return browser.go(codePath, { method: 'POST', body });
  },
  'the way back from signing in': (browser) => browser.go(`${codePath}/gone`),
};

for (const [what, go] of Object.entries(withoutCookie))
  test(`${what} in a browser that has forgotten everything shows the form, which works`, async () => {
    const browser = house.browser();
    assert.equal((await go(browser)).status, 200);
    const page = house.devicePages.at(-1);
    assert.ok(page?.kind === 'code' && page.problem === 'stale');
    const { userCode } = await codesOf(house);
    const body = new URLSearchParams({ ...page.fields, user_code: userCode });
    const typed = await browser.go(page.action, { method: 'POST', body });
    assert.match(typed.headers.get('location') ?? '', /^\/sign-in\//);
  });

test('a device that asks too often is told to slow down, and one that waits is not', async (t) => {
  const { deviceCode } = await codesOf(house);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const errors: unknown[] = [];
  for (const seconds of [0, 10, 3, 10]) {
    t.mock.timers.tick(seconds * 1000);
    errors.push((await redeem(house, deviceCode)).body.error);
  }
  assert.deepEqual(errors, ['authorization_pending', 'authorization_pending', 'slow_down', 'authorization_pending']);
});

test('a code lives as long as the configuration says, and its device hears when it is over', async (t) => {
  const general = await askForCodes(house);
  const { body } = await askForCodes(house, { client_id: 'brief' });
  assert.deepEqual([Number(general.body.expires_in), Number(body.expires_in)], [300, 60]);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
  const late = () => redeem(house, String(body.device_code), { client_id: 'brief' });
  assert.equal((await late()).body.error, 'expired_token');
  t.mock.timers.tick(60_000);
  assert.equal((await late()).body.error, 'expired_token');
  await typeCode(house.browser(), String(body.user_code));
  const page = house.devicePages.at(-1);
  assert.ok(page?.kind === 'code' && page.problem === 'expired');
});

test('a custom lifespan of the grant holds for the device’s token', async () => {
  const { userCode, deviceCode } = await codesOf(house, { client_id: 'brief' });
  await answerFor(house.browser(), userCode, { as: 'alice', factors: '1', consent: 'accept' });
  assert.equal(Number((await redeem(house, deviceCode, { client_id: 'brief' })).body.expires_in), 77);
});

test('a confidential client proves itself at both endpoints, by its registered method', async () => {
  const basic = { authorization: `Basic ${btoa('printer:insecure_secret')}` };
  const fields = { client_id: 'printer', scope: 'openid' };
  assert.equal((await askForCodes(house, fields)).status, 401);
  assert.equal((await askForCodes(house, { ...fields, client_secret: 'insecure_secret' })).status, 401);
  const { status, body } = await askForCodes(house, fields, basic);
  assert.equal(status, 200);
  await answerFor(house.browser(), String(body.user_code), { as: 'alice', factors: '1', consent: 'accept' });
  const deviceCode = String(body.device_code);
  assert.equal((await redeem(house, deviceCode, { client_id: 'printer' })).status, 401);
  const proven = { grant_type: deviceGrant, device_code: deviceCode };
  assert.equal((await post(house, '/api/oidc/token', proven, basic)).status, 200);
});

test('a client without the grant, a scope that is not registered, and no scope at all are refused', async () => {
  const refusal = async (changes: Record<string, string | undefined>) => (await askForCodes(house, changes)).body.error;
  assert.equal(await refusal({ client_id: 'website', scope: 'openid' }), 'invalid_request');
  assert.equal(await refusal({ scope: 'openid email' }), 'invalid_scope');
  assert.equal(await refusal({ scope: 'openid anything' }), 'invalid_scope');
  assert.equal(await refusal({ scope: undefined }), 'invalid_scope');
});

test('discovery names the endpoint and the grant', async () => {
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/.well-known/openid-configuration`;
  const document = (await (await fetch(url)).json()) as Record<string, string[] | string>;
  assert.equal(document.device_authorization_endpoint, `${house.issuer}/api/oidc/device-authorization`);
  assert.ok(document.grant_types_supported?.includes(deviceGrant));
});

test('signing out of the browser leaves the device signed in', async () => {
  const browser = house.browser();
  const { userCode, deviceCode } = await codesOf(house);
  await answerFor(browser, userCode, { as: 'alice', factors: '1', consent: 'accept' });
  const { body } = await redeem(house, deviceCode);
  const form = await (await browser.go('/api/oidc/logout')).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
  await browser.go('/api/oidc/logout/confirm', { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  assert.equal((await userinfo(house, body.access_token)).status, 200);
});

test('asking and waiting is not logged as a refusal', async () => {
  const { deviceCode } = await codesOf(house);
  house.lines.length = 0;
  await redeem(house, deviceCode);
  assert.deepEqual(house.lines, []);
});
