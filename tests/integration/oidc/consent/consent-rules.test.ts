import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import {
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  landing,
  type Params,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const api = 'https://api.example.com';
const files = 'https://files.example.com';

let house: House;
before(async () => {
  const client = {
    ...guideClient,
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    grant_types: ['authorization_code', 'refresh_token'],
    audience: [api, files],
  };
  house = await openHouse({
    clients: [
      { ...client, client_id: 'explicit' },
      { ...client, client_id: 'implicit', consent_mode: 'implicit' },
      { ...client, client_id: 'once', pre_configured_consent_duration: 3600 },
    ],
  });
});
after(() => house.close());

const explicit = { client_id: 'explicit', scope: 'openid' };
const signedIn = { as: 'alice', factors: '2' } as const;
const agrees = { ...signedIn, consent: 'accept' } as const;

const isAsked = async (browser: Browser, changes: Params) =>
  /^\/sign-in\//.test((await browser.go(authorizationPath(changes))).headers.get('location') ?? '');
const silently = async (browser: Browser, changes: Params) =>
  landing(await browser.go(authorizationPath({ ...changes, prompt: 'none' }))).searchParams;

test('a remembered answer holds for exactly its scopes, audiences and claims', async () => {
  const browser = house.browser();
  const same = { client_id: 'once', scope: 'openid email', audience: `${api} ${files}` };
  await codeFor(browser, same, { ...signedIn, consent: 'remember' });
  assert.equal(await isAsked(browser, same), false);
  assert.equal(await isAsked(browser, { ...same, audience: `${files} ${api}` }), false);
  assert.equal(await isAsked(browser, { ...same, audience: api }), true);
  assert.equal(await isAsked(browser, { ...same, audience: undefined }), true);
  assert.equal(await isAsked(browser, { ...same, scope: 'openid' }), true);
  assert.equal(await isAsked(browser, { ...same, scope: 'openid email profile' }), true);
  assert.equal(await isAsked(browser, { ...same, claims: '{"id_token":{"email":null}}' }), true);
});

test('the order in which a claims request is written does not matter', async () => {
  const browser = house.browser();
  const same = { client_id: 'once', scope: 'openid' };
  const one = '{"id_token":{"email":null,"name":{"essential":true,"value":"Alice Example"}}}';
  const two = '{"id_token":{"name":{"value":"Alice Example","essential":true},"email":null}}';
  await codeFor(browser, { ...same, claims: one }, { ...signedIn, consent: 'remember' });
  assert.equal(await isAsked(browser, { ...same, claims: two }), false);
});

test('prompt=consent, prompt=login and lasting access ask in spite of a remembered answer, and offer no memory', async () => {
  const browser = house.browser();
  const same = { client_id: 'once', scope: 'openid' };
  await codeFor(browser, same, { ...signedIn, consent: 'remember' });
  for (const changes of [{ prompt: 'consent' }, { prompt: 'login' }, { scope: 'openid offline_access' }]) {
    const step = (await browser.go(authorizationPath({ ...same, ...changes }))).headers.get('location') ?? '';
    const { question } = JSON.parse(await (await browser.go(step)).text());
    assert.deepEqual([question.kind, question.mayRemember], ['ask', false], JSON.stringify(changes));
  }
});

test('a tick that was not offered is not remembered', async () => {
  const browser = house.browser();
  const wanted = { client_id: 'once', scope: 'openid profile offline_access' };
  await codeFor(browser, wanted, { ...signedIn, consent: 'remember' });
  await codeFor(browser, explicit, { ...signedIn, consent: 'remember' });
  assert.equal(await isAsked(browser, wanted), true);
  assert.equal(await isAsked(browser, explicit), true);
});

test('prompt=none: nobody there is login_required, no answer there is consent_required, an answer goes through', async () => {
  const same = { client_id: 'once', scope: 'openid email profile' };
  const browser = house.browser();
  assert.equal((await silently(browser, same)).get('error'), 'login_required');
  await codeFor(browser, same, agrees);
  assert.equal((await silently(browser, same)).get('error'), 'consent_required');
  assert.equal((await silently(browser, { ...same, client_id: 'explicit' })).get('error'), 'consent_required');
  await codeFor(browser, same, { ...signedIn, consent: 'remember' });
  assert.ok((await silently(browser, same)).get('code'));
  assert.ok((await silently(browser, { ...same, client_id: 'implicit' })).get('code'));
});

test('attack 43: prompt=none in explicit mode gives no code however often the person agreed', async () => {
  const browser = house.browser();
  for (let time = 0; time < 3; time += 1) await codeFor(browser, explicit, agrees);
  const answer = await silently(browser, explicit);
  assert.equal(answer.get('code'), null);
  assert.equal(answer.get('error'), 'consent_required');
});

test('attack 43: implicit mode never gives lasting access, not with prompt=consent either', async () => {
  for (const prompt of [undefined, 'consent']) {
    const changes = { client_id: 'implicit', scope: 'openid offline_access', prompt };
    const { body } = await exchange(house, await codeFor(house.browser(), changes, agrees), { client_id: 'implicit' });
    assert.equal(body.refresh_token, undefined);
    assert.equal(String(body.scope).includes('offline_access'), false);
  }
});

test("attack 43: one person's answer is not another's", async () => {
  const browser = house.browser();
  const shared = { client_id: 'once', scope: 'openid' };
  await codeFor(browser, shared, { ...signedIn, consent: 'remember' });
  browser.forget('portal');
  const response = await authorize(browser, authorizationPath(shared), { as: 'bob', factors: '2' });
  assert.equal(response.status, 500);
  assert.match(await response.text(), /not been asked for their consent/);
  assert.ok(await codeFor(house.browser(), shared, signedIn));
});

test('attack 43: the step of another browser, an old step and a step answered twice do not agree', async () => {
  const browser = house.browser();
  const step = (await browser.go(authorizationPath(explicit))).headers.get('location') ?? '';
  const answer = `${step}?as=alice&factors=2&consent=accept`;
  const stranger = house.browser();
  assert.equal((await stranger.go(answer, { method: 'POST' })).status, 410);
  const other = house.browser();
  const own = (await other.go(authorizationPath(explicit))).headers.get('location') ?? '';
  assert.notEqual(own, step);
  assert.equal((await other.go(answer, { method: 'POST' })).status, 410);
  const resume = (await browser.go(answer, { method: 'POST' })).headers.get('location') ?? '';
  assert.ok(landing(await browser.go(resume)).searchParams.get('code'));
  assert.equal((await browser.go(answer, { method: 'POST' })).status, 410);
  assert.equal((await browser.go(resume)).status, 400);
});
