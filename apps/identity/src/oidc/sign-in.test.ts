import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as openid from 'openid-client';
import { aliceAgrees, authorizationPath, authorize, exchange, landing } from './client.testing.ts';
import { callback, guideClient, type House, openHouse } from './house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse();
});
after(() => house.close());

/** openid-client for the guide's client; names under localhost lead to this machine. */
async function relyingParty(house: House): Promise<openid.Configuration> {
  const toThisMachine: openid.CustomFetch = (url, options) => {
    const target = new URL(url);
    target.hostname = '127.0.0.1';
    return fetch(target, options as RequestInit);
  };
  return openid.discovery(
    new URL(house.issuer),
    'leantime',
    { redirect_uris: [callback] },
    openid.ClientSecretPost('insecure_secret'),
    { execute: [openid.allowInsecureRequests], [openid.customFetch]: toThisMachine },
  );
}

test("the guide's client signs a person in, gets tokens and reads userinfo", async () => {
  const config = await relyingParty(house);
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    scope: 'openid profile email groups',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const landed = landing(await authorize(house.browser(), url.href, aliceAgrees));
  assert.equal(landed.origin + landed.pathname, callback);
  assert.equal(landed.searchParams.get('iss'), house.issuer);
  const tokens = await openid.authorizationCodeGrant(config, landed, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
  });
  const claims = tokens.claims();
  assert.ok(claims);
  assert.match(claims.sub, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(claims.amr, ['pwd', 'kba', 'otp', 'mfa']);
  assert.equal(typeof claims.auth_time, 'number');
  const info = await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.equal(info.email, 'alice@example.com');
  assert.equal(info.name, 'Alice Example');
  assert.equal(info.preferred_username, 'alice');
  assert.deepEqual(info.groups, ['staff', 'admins']);
  assert.equal(tokens.expires_in, 3600);
});

test('a first sign-in costs at most 4 browser requests and 18 store touches, a later one 1 and 11', async () => {
  const own = await openHouse({
    clients: [{ ...guideClient, authorization_policy: 'one_factor', consent_mode: 'implicit' }],
  });
  try {
    const browser = own.browser();
    const first = landing(await authorize(browser, authorizationPath(), { as: 'alice', factors: '1' }));
    assert.equal((await exchange(own, first.searchParams.get('code') ?? '')).status, 200);
    assert.ok(browser.requests <= 4, `${browser.requests} requests`);
    assert.ok(own.touches.touches().total <= 18, JSON.stringify(own.touches.touches()));
    own.touches.reset();
    browser.requests = 0;
    const later = landing(await authorize(browser, authorizationPath()));
    assert.equal((await exchange(own, later.searchParams.get('code') ?? '')).status, 200);
    assert.equal(browser.requests, 1);
    assert.ok(own.touches.touches().total <= 11, JSON.stringify(own.touches.touches()));
  } finally {
    await own.close();
  }
});
