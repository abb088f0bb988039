import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { jwtVerify } from 'jose';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  type Params,
  post,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse, rsaKey } from '../../../../apps/identity/src/oidc/house.testing.ts';

const api = 'https://api.example.com';
const basic = (id = 'leantime') => ({
  authorization: `Basic ${Buffer.from(`${id}:insecure_secret`).toString('base64')}`,
});
const machine = {
  ...guideClient,
  client_id: 'machine',
  response_types: [],
  redirect_uris: [],
  scopes: ['reports'],
  audience: [api, 'reports'],
  grant_types: ['client_credentials'],
  authorization_policy: 'one_factor',
};
const app = {
  ...guideClient,
  scopes: ['openid', 'offline_access'],
  grant_types: ['authorization_code', 'refresh_token'],
  audience: [api, 'reports'],
};

let house: House;
before(async () => {
  house = await openHouse({
    oidc: { claims_policies: { merged: { id_token_audience_mode: 'experimental-merged' } } },
    clients: [
      app,
      { ...app, client_id: 'signed', access_token_signed_response_alg: 'RS256' },
      { ...app, client_id: 'everything', requested_audience_mode: 'implicit', consent_mode: 'implicit' },
      { ...app, client_id: 'merged', claims_policy: 'merged' },
      { ...app, client_id: 'none', audience: [] },
      machine,
      { ...machine, client_id: 'machine-all', requested_audience_mode: 'implicit' },
    ],
  });
});
after(() => house.close());

const asking = { scope: 'openid offline_access' };

/** Signs alice in with these parameters and answers the token endpoint's answer. */
async function tokensFor(asked: Params, redeemed: Params = {}, clientId = 'leantime') {
  const code = await codeFor(house.browser(), { ...asking, client_id: clientId, ...asked });
  return exchange(house, code, { client_id: clientId, ...redeemed });
}

function refresh(token: string | undefined, changes: Params = {}) {
  const client = { client_id: 'leantime', client_secret: 'insecure_secret' };
  return post(house, '/api/oidc/token', { grant_type: 'refresh_token', refresh_token: token, ...client, ...changes });
}

async function audienceOf(token: string | undefined): Promise<unknown> {
  return (await post(house, '/api/oidc/introspection', { token: String(token) }, basic())).body.aud;
}

test('a token has the audiences that were asked, by either name, repeatedly or between spaces', async () => {
  for (const [asked, got] of [
    [{ audience: 'reports' }, ['reports']],
    [{ audience: `reports ${api}` }, [api, 'reports']],
    [{ resource: `${api}/users` }, [`${api}/users`]],
    [{ audience: 'reports', resource: `${api}/users` }, [`${api}/users`, 'reports']],
  ] as const)
    assert.deepEqual(await audienceOf((await tokensFor(asked)).body.access_token), got);
  const path = `${authorizationPath({ ...asking, audience: 'reports' })}&audience=${encodeURIComponent(api)}`;
  const code = landing(await authorize(house.browser(), path)).searchParams.get('code') ?? '';
  assert.deepEqual(await audienceOf((await exchange(house, code)).body.access_token), [api, 'reports']);
});

test('a pushed request may repeat them too', async () => {
  const fields = new URLSearchParams(authorizationPath(asking).split('?')[1]);
  fields.append('resource', `${api}/a`);
  fields.append('resource', `${api}/b`);
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/pushed-authorization-request`;
  const pushed = await fetch(url, { method: 'POST', body: fields, headers: basic() });
  const { request_uri } = (await pushed.json()) as { request_uri: string };
  const path = `/api/oidc/authorization?${new URLSearchParams({ client_id: 'leantime', request_uri })}`;
  const code = landing(await authorize(house.browser(), path)).searchParams.get('code') ?? '';
  assert.deepEqual(await audienceOf((await exchange(house, code)).body.access_token), [`${api}/a`, `${api}/b`]);
});

test('an audience that is not registered is refused before anybody signs in', async () => {
  for (const asked of [{ audience: 'other' }, { audience: `${api}/users` }, { resource: 'https://other.example' }]) {
    const answer = await house.browser().go(authorizationPath({ ...asking, ...asked }));
    assert.equal(answer.status, 400);
    assert.equal(house.pages.at(-1)?.code, 'audience-unregistered');
  }
  assert.equal(
    (await house.browser().go(authorizationPath({ ...asking, audience: 'x', client_id: 'none' }))).status,
    400,
  );
});

test('a JWT says them; without any it is for the issuer', async () => {
  const named = await tokensFor({ audience: 'reports' }, {}, 'signed');
  assert.deepEqual(claimsOf(named.body.access_token).aud, ['reports']);
  const plain = await tokensFor({}, {}, 'signed');
  assert.deepEqual(claimsOf(plain.body.access_token).aud, [house.issuer]);
});

test('attack 47: a token for one service is told apart at another, as a JWT and by introspection', async () => {
  const audience = 'reports';
  const jwt = String((await tokensFor({ audience }, {}, 'signed')).body.access_token);
  const key = createPublicKey(rsaKey());
  const expected = { issuer: house.issuer, typ: 'at+jwt' };
  await jwtVerify(jwt, key, { ...expected, audience });
  await assert.rejects(jwtVerify(jwt, key, { ...expected, audience: api }), {
    code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  });
  for (const token of [jwt, (await tokensFor({ audience })).body.access_token])
    assert.deepEqual(await audienceOf(token), [audience]);
});

test('without any asked there are none, and in the implicit mode every one', async () => {
  assert.equal(await audienceOf((await tokensFor({})).body.access_token), undefined);
  const all = await tokensFor({ scope: 'openid' }, {}, 'everything');
  assert.deepEqual(await audienceOf(all.body.access_token), [api, 'reports']);
});

test('a token for other audiences still opens userinfo when openid was granted', async () => {
  assert.equal((await userinfo(house, (await tokensFor({ audience: 'reports' })).body.access_token)).status, 200);
});

test('the code and each refresh may be redeemed for fewer audiences, never for others', async () => {
  const audience = `reports ${api}`;
  const first = await tokensFor({ audience }, { audience: 'reports' });
  assert.deepEqual(await audienceOf(first.body.access_token), ['reports']);
  const second = await refresh(first.body.refresh_token, { resource: api });
  assert.deepEqual(await audienceOf(second.body.access_token), [api]);
  const wide = await refresh(second.body.refresh_token, { audience: 'other' });
  assert.deepEqual([wide.status, wide.body.error], [400, 'invalid_target']);
  const third = await refresh(second.body.refresh_token);
  assert.equal(third.status, 200, 'a refused audience costs no refresh token');
  assert.deepEqual(await audienceOf(third.body.access_token), [api, 'reports']);
  const code = await codeFor(house.browser(), { ...asking, audience: 'reports' });
  const other = await exchange(house, code, { audience: api });
  assert.deepEqual([other.status, other.body.error], [400, 'invalid_target']);
  assert.equal((await exchange(house, code, { audience: 'reports' })).status, 200, 'nor does it cost the code');
});

test('a machine gets the audiences it asks for and is registered for', async () => {
  const ask = (changes: Params, id = 'machine') =>
    post(house, '/api/oidc/token', {
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: 'insecure_secret',
      ...changes,
    });
  assert.equal(await audienceOf((await ask({})).body.access_token), undefined);
  assert.deepEqual(await audienceOf((await ask({ audience: 'reports' })).body.access_token), ['reports']);
  assert.deepEqual(await audienceOf((await ask({ resource: `${api}/a` })).body.access_token), [`${api}/a`]);
  assert.equal((await ask({ audience: 'other' })).body.error, 'invalid_target');
  assert.deepEqual(await audienceOf((await ask({}, 'machine-all')).body.access_token), [api, 'reports']);
});

test('the person reads for which services they give access', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath(), aliceAgrees);
  const asked = await browser.go(authorizationPath({ ...asking, audience: `reports ${api}` }));
  const page = JSON.parse(await (await browser.go(asked.headers.get('location') ?? '')).text());
  assert.deepEqual(page.question.services, [api, 'reports']);
});

test('the ID token is for the client alone, unless its policy merges the audiences', async () => {
  const audience = 'reports';
  assert.equal(claimsOf((await tokensFor({ audience })).body.id_token).aud, 'leantime');
  const merged = await tokensFor({ audience: `reports ${api}` }, { audience }, 'merged');
  assert.deepEqual(claimsOf(merged.body.id_token).aud, ['merged', 'reports']);
});
