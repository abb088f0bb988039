import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  landing,
  type Params,
  post,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const offline = { scope: 'openid email offline_access' };
const client = {
  ...guideClient,
  scopes: ['openid', 'email', 'offline_access', 'offline'],
  grant_types: ['authorization_code', 'refresh_token'],
};
const basic = { authorization: `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}` };

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      client,
      { ...client, client_id: 'signed', access_token_signed_response_alg: 'RS256' },
      { ...client, client_id: 'no-refresh', grant_types: ['authorization_code'] },
      { ...client, client_id: 'never-asked', consent_mode: 'implicit' },
    ],
  });
});
after(() => house.close());

async function signIn(clientId = 'leantime', asked: Params = offline) {
  const code = await codeFor(house.browser(), { ...asked, client_id: clientId });
  return exchange(house, code, { client_id: clientId });
}

function refresh(token: string | undefined, changes: Params = {}) {
  const credentials = { client_id: 'leantime', client_secret: 'insecure_secret' };
  return post(house, '/api/oidc/token', {
    grant_type: 'refresh_token',
    refresh_token: token,
    ...credentials,
    ...changes,
  });
}

const opens = async (token: string | undefined) => (await userinfo(house, token)).status === 200;

test('a refresh token comes with the scope offline_access, or offline', async () => {
  assert.ok((await signIn()).body.refresh_token);
  assert.ok((await signIn('leantime', { scope: 'openid offline' })).body.refresh_token);
  assert.equal((await signIn('leantime', { scope: 'openid email' })).body.refresh_token, undefined);
});

test('no refresh token without the grant, and none where nobody is asked', async () => {
  assert.equal((await signIn('no-refresh')).body.refresh_token, undefined);
  for (const scope of ['openid offline_access', 'openid offline'])
    assert.equal((await signIn('never-asked', { scope })).body.refresh_token, undefined);
});

test('a pushed request gets one too', async () => {
  const [, query = ''] = authorizationPath(offline).split('?');
  const pushed = await post(
    house,
    '/api/oidc/pushed-authorization-request',
    Object.fromEntries(new URLSearchParams(query)),
    basic,
  );
  const asked = new URLSearchParams({ client_id: 'leantime', request_uri: String(pushed.body.request_uri) });
  const url = landing(await authorize(house.browser(), `/api/oidc/authorization?${asked}`));
  assert.ok((await exchange(house, url.searchParams.get('code') ?? '')).body.refresh_token);
});

test('a refresh gives new tokens and ends the old ones', async () => {
  for (const clientId of ['leantime', 'signed']) {
    const first = await signIn(clientId);
    const second = await refresh(first.body.refresh_token, { client_id: clientId });
    assert.equal(second.status, 200);
    assert.notEqual(second.body.refresh_token, first.body.refresh_token);
    assert.equal(await opens(first.body.access_token), false);
    assert.equal(await opens(second.body.access_token), true);
  }
});

test('a refresh of one sign-in leaves the tokens of another alone', async () => {
  const [kept, renewed] = [await signIn(), await signIn()];
  await refresh(renewed.body.refresh_token);
  assert.equal(await opens(kept.body.access_token), true);
});

test('revoking either token ends both', async () => {
  for (const name of ['access_token', 'refresh_token']) {
    const tokens = await signIn();
    await post(house, '/api/oidc/revocation', { token: tokens.body[name] }, basic);
    assert.equal(await opens(tokens.body.access_token), false);
    assert.equal((await refresh(tokens.body.refresh_token)).body.error, 'invalid_grant');
  }
});

test('a token that nobody knows is revoked without a word', async () => {
  const answer = await post(house, '/api/oidc/revocation', { token: 'x'.repeat(43) }, basic);
  assert.deepEqual([answer.status, answer.body], [200, {}]);
});

test('the scope may be narrowed for one token, and is whole again at the next', async () => {
  const first = await signIn();
  const narrow = await refresh(first.body.refresh_token, { scope: 'openid' });
  assert.equal(narrow.body.scope, 'openid');
  assert.equal((await userinfo(house, narrow.body.access_token)).body.email, undefined);
  assert.equal((await refresh(narrow.body.refresh_token)).body.scope, 'openid email offline_access');
});

test('attack 37: a used refresh token ends the whole family', async () => {
  const first = await signIn();
  const second = await refresh(first.body.refresh_token);
  assert.equal((await refresh(first.body.refresh_token)).body.error, 'invalid_grant');
  assert.equal((await refresh(second.body.refresh_token)).body.error, 'invalid_grant');
  assert.equal(await opens(second.body.access_token), false);
});

test('attack 37: of twenty parallel uses at most one succeeds, and then nothing is left', async () => {
  const first = await signIn();
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(first.body.refresh_token)));
  const good = answers.filter((answer) => answer.status === 200);
  assert.ok(good.length <= 1);
  for (const { body } of good) {
    assert.equal(await opens(body.access_token), false);
    assert.equal((await refresh(body.refresh_token)).body.error, 'invalid_grant');
  }
});

test("attack 37: another client's refresh token is refused and stays good", async () => {
  const first = await signIn();
  assert.equal((await refresh(first.body.refresh_token, { client_id: 'signed' })).body.error, 'invalid_grant');
  assert.equal((await refresh(first.body.refresh_token)).status, 200);
});

test('attack 37: a wider scope is refused and costs nothing', async () => {
  const first = await signIn('leantime', { scope: 'openid offline_access' });
  for (const scope of ['openid email', 'openid groups', 'openid admin'])
    assert.equal((await refresh(first.body.refresh_token, { scope })).body.error, 'invalid_scope', scope);
  assert.equal((await refresh(first.body.refresh_token)).status, 200);
});

test('attack 37: an access token or a code is no refresh token', async () => {
  const tokens = await signIn();
  const code = await codeFor(house.browser(), offline);
  for (const wrong of [tokens.body.access_token, code, 'x'])
    assert.equal((await refresh(wrong)).body.error, 'invalid_grant');
});

test('attack 37: after the sign-out only lasting access lasts', async () => {
  const browser = house.browser();
  const lasting = await exchange(house, await codeFor(browser, offline));
  const passing = await exchange(house, await codeFor(browser, { scope: 'openid' }));
  const form = await (await browser.go('/api/oidc/logout')).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
  await browser.go('/api/oidc/logout/confirm', {
    method: 'POST',
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
    headers: { origin: house.issuer },
  });
  assert.equal(await opens(passing.body.access_token), false);
  assert.equal((await refresh(lasting.body.refresh_token)).status, 200);
});

test('attack 34: a code of one client, redirect URI or verifier is worth nothing to another', async () => {
  const code = await codeFor(house.browser(), offline);
  for (const changes of [
    { client_id: 'signed' },
    { redirect_uri: 'https://leantime.example.com/other' },
    { code_verifier: 'x'.repeat(43) },
    { code_verifier: undefined },
  ])
    assert.equal((await exchange(house, code, changes)).body.error, 'invalid_grant');
  assert.equal((await exchange(house, code)).status, 200);
});

test('attack 33: a code that comes again takes back everything that the first exchange and its refreshes gave', async () => {
  const code = await codeFor(house.browser(), offline);
  const first = await exchange(house, code);
  const second = await refresh(first.body.refresh_token);
  assert.equal((await exchange(house, code)).body.error, 'invalid_grant');
  assert.equal(await opens(second.body.access_token), false);
  assert.equal((await refresh(second.body.refresh_token)).body.error, 'invalid_grant');
});

test('attack 33: of 50 parallel exchanges for JWTs one succeeds at most, and then nothing is left', async () => {
  const code = await codeFor(house.browser(), { ...offline, client_id: 'signed' });
  const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(house, code, { client_id: 'signed' })));
  const good = answers.filter((answer) => answer.status === 200);
  assert.equal(good.length, 1);
  assert.equal(await opens(good[0]?.body.access_token), false);
});
