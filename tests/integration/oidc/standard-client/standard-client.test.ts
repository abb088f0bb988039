/** Everything an application does with tokens, done by a certified client library as it comes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { authorize, landing } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { callback, guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const api = 'https://orders.example.com';
const basicEverywhere = {
  token_endpoint_auth_method: 'client_secret_basic',
  introspection_endpoint_auth_method: 'client_secret_basic',
};

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      {
        ...guideClient,
        ...basicEverywhere,
        scopes: ['openid', 'email', 'offline_access', 'read'],
        grant_types: ['authorization_code', 'refresh_token'],
        audience: [api, 'orders'],
        access_token_signed_response_alg: 'RS256',
      },
      {
        ...guideClient,
        ...basicEverywhere,
        client_id: 'orders',
        response_types: [],
        redirect_uris: [],
        scopes: ['read'],
        audience: [api],
        grant_types: ['client_credentials', grant],
        authorization_policy: 'one_factor',
      },
    ],
  });
});
after(() => house.close());

function toThisMachine(url: string, options: object): Promise<Response> {
  const target = new URL(url);
  target.hostname = '127.0.0.1';
  return fetch(target, options);
}

function clientNamed(id: string): Promise<openid.Configuration> {
  const credentials = openid.ClientSecretBasic('insecure_secret');
  return openid.discovery(new URL(house.issuer), id, undefined, credentials, {
    execute: [openid.allowInsecureRequests],
    [openid.customFetch]: toThisMachine,
  });
}

async function signIn(config: openid.Configuration, parameters: Record<string, string>) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const expectedState = openid.randomState();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: callback,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    ...parameters,
  });
  const landed = landing(await authorize(house.browser(), url.href));
  return openid.authorizationCodeGrant(config, landed, { pkceCodeVerifier, expectedState });
}

test('it signs in for a service, whose own library accepts the JWT, refreshes and revokes', async () => {
  const config = await clientNamed('leantime');
  const tokens = await signIn(config, { scope: 'openid email read offline_access', resource: api });
  const metadata = config.serverMetadata();
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri ?? ''), {
    [customFetch]: (url, options) => toThisMachine(url, options),
  });
  const { payload } = await jwtVerify(tokens.access_token, keys, {
    issuer: metadata.issuer,
    audience: api,
    typ: 'at+jwt',
  });
  assert.equal(payload.scope, 'openid email read offline_access');
  const subject = tokens.claims()?.sub ?? '';
  assert.equal((await openid.fetchUserInfo(config, tokens.access_token, subject)).email, 'alice@example.com');
  assert.equal((await openid.tokenIntrospection(config, tokens.access_token)).active, true);
  const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '', { scope: 'openid read' });
  assert.equal(renewed.scope, 'openid read');
  assert.equal((await openid.tokenIntrospection(config, tokens.access_token)).active, false);
  await openid.tokenRevocation(config, renewed.access_token);
  assert.equal((await openid.tokenIntrospection(config, renewed.access_token)).active, false);
  await assert.rejects(openid.refreshTokenGrant(config, renewed.refresh_token ?? ''), { error: 'invalid_grant' });
});

test('it speaks for a machine', async () => {
  const config = await clientNamed('orders');
  const tokens = await openid.clientCredentialsGrant(config, { scope: 'read', resource: `${api}/list` });
  const told = await openid.tokenIntrospection(config, tokens.access_token);
  assert.deepEqual([told.active, told.sub, told.scope, told.aud], [true, 'orders', 'read', [`${api}/list`]]);
  await assert.rejects(openid.clientCredentialsGrant(config, { scope: 'admin' }), { error: 'invalid_scope' });
});

test('it exchanges a token that it was called with', async () => {
  const tokens = await signIn(await clientNamed('leantime'), { scope: 'openid read', audience: `orders ${api}` });
  const config = await clientNamed('orders');
  assert.ok(config.serverMetadata().grant_types_supported?.includes(grant));
  const exchanged = await openid.genericGrantRequest(config, grant, {
    subject_token: tokens.access_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: api,
  });
  const told = await openid.tokenIntrospection(config, exchanged.access_token);
  assert.deepEqual([told.sub, told.client_id, told.aud], [tokens.claims()?.sub, 'orders', [api]]);
});
