import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import {
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  post,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { alice, guideClient, type House, openHouse, rsaKey } from '../../../../apps/identity/src/oidc/house.testing.ts';

const signed = {
  ...guideClient,
  consent_mode: 'implicit' as const,
  access_token_signed_response_alg: 'RS256',
  claims_policy: 'mail',
};
const basic = (id = 'leantime') => ({
  authorization: `Basic ${Buffer.from(`${id}:insecure_secret`).toString('base64')}`,
});
const secret = { client_secret: 'insecure_secret' };

let house: House;
before(async () => {
  house = await openHouse({
    oidc: { claims_policies: { mail: { access_token: ['email'] } } },
    clients: [
      signed,
      { ...guideClient, client_id: 'opaque', consent_mode: 'implicit' },
      { ...signed, client_id: 'hybrid', response_types: ['code id_token token', 'id_token token'] },
      {
        ...signed,
        client_id: 'machine',
        claims_policy: '',
        response_types: [],
        redirect_uris: [],
        scopes: ['reports'],
        grant_types: ['client_credentials'],
        authorization_policy: 'one_factor',
      },
      {
        ...signed,
        client_id: 'symmetric',
        access_token_signed_response_alg: 'HS256',
        client_secret: { kind: 'plaintext', text: 'a secret in plain text of some length' },
      },
      { ...signed, client_id: 'spa', public: true, client_secret: undefined, token_endpoint_auth_method: 'none' },
    ],
  });
});
after(() => house.close());

async function tokenOf(clientId = 'leantime', given: Record<string, string | undefined> = secret): Promise<string> {
  const code = await codeFor(house.browser(), { client_id: clientId });
  const answer = await exchange(house, code, { client_id: clientId, client_secret: undefined, ...given });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return String(answer.body.access_token);
}

const inspect = (token: string, as = 'leantime') => post(house, '/api/oidc/introspection', { token }, basic(as));

test('a client with a signing algorithm gets a JWT of RFC 9068 that verifies with the published key', async () => {
  const code = await codeFor(house.browser());
  const answer = await exchange(house, code);
  const token = String(answer.body.access_token);
  const { payload, protectedHeader } = await jwtVerify(token, createPublicKey(rsaKey()), {
    issuer: house.issuer,
    audience: house.issuer,
    typ: 'at+jwt',
    algorithms: ['RS256'],
    requiredClaims: ['sub', 'exp', 'iat', 'nbf', 'jti', 'client_id'],
  });
  const keys = (await (await house.browser().go('/jwks.json')).json()) as { keys: { kid: string }[] };
  assert.equal(protectedHeader.kid, keys.keys[0]?.kid);
  assert.equal(payload.sub, claimsOf(answer.body.id_token).sub);
  assert.equal(payload.client_id, 'leantime');
  assert.equal(payload.scope, 'openid profile email groups');
  assert.deepEqual(payload.scp, ['openid', 'profile', 'email', 'groups']);
  assert.equal(Number(payload.exp) - Number(payload.iat), 3600);
  assert.equal(payload.email, alice.emails[0]);
  assert.equal(payload.groups, undefined);
});

test('a claim of the policy is in the token only with its scope', async () => {
  const code = await codeFor(house.browser(), { scope: 'openid' });
  const token = (await exchange(house, code)).body.access_token;
  assert.equal(claimsOf(token).email, undefined);
});

test('a client without one has opaque tokens, for as few touches of the store', async () => {
  const opaque = await tokenOf('opaque');
  assert.doesNotMatch(opaque, /\./);
  const touchesOf = async (clientId: string) => {
    const code = await codeFor(house.browser(), { client_id: clientId });
    house.touches.reset();
    await exchange(house, code, { client_id: clientId });
    return house.touches.touches().total;
  };
  assert.equal(await touchesOf('leantime'), await touchesOf('opaque'));
});

test('userinfo answers to a JWT as to any other token', async () => {
  const answer = await userinfo(house, await tokenOf());
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body.groups, alice.groups);
});

test('introspection tells what the JWT says, and the name', async () => {
  const token = await tokenOf();
  const { body } = await inspect(token);
  const said = claimsOf(token);
  assert.equal(String(body.active), 'true');
  assert.equal(body.username, 'alice');
  for (const name of ['iss', 'sub', 'jti', 'client_id', 'scope', 'exp', 'iat', 'email'])
    assert.equal(body[name], said[name], name);
  assert.deepEqual(body.aud, said.aud);
});

test('a revoked JWT opens nothing any more, and its refresh token went with it', async () => {
  const token = await tokenOf();
  assert.equal((await post(house, '/api/oidc/revocation', { token }, basic())).status, 200);
  assert.equal((await userinfo(house, token)).status, 401);
  assert.deepEqual((await inspect(token)).body, { active: false });
});

test('a JWT with one changed character is an unknown token', async () => {
  const token = await tokenOf();
  const [header = '', payload = '', signature = ''] = token.split('.');
  const other = Buffer.from(JSON.stringify({ ...claimsOf(token), scope: 'openid admin' })).toString('base64url');
  const unsigned = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
  for (const forged of [
    `${header}.${other}.${signature}`,
    `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
    `${unsigned}.${payload}.`,
    `${header}.${payload}`,
    `${token}.`,
    String(claimsOf(token).jti),
    createHash('sha256').update(token).digest('base64url'),
  ]) {
    assert.equal((await userinfo(house, forged)).status, 401, forged);
    assert.deepEqual((await inspect(forged)).body, { active: false }, forged);
  }
  assert.equal((await userinfo(house, token)).status, 200);
});

test('the ID token of a hybrid answer names the JWT by its hash', async () => {
  for (const response_type of ['code id_token token', 'id_token token']) {
    const path = authorizationPath({ client_id: 'hybrid', response_type, nonce: 'a-nonce-of-enough-characters' });
    const answer = new URLSearchParams(landing(await authorize(house.browser(), path)).hash.slice(1));
    const token = answer.get('access_token') ?? '';
    assert.equal(decodeProtectedHeader(token).typ, 'at+jwt');
    const half = createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
    assert.equal(claimsOf(answer.get('id_token') ?? '').at_hash, half);
    assert.equal((await userinfo(house, token)).status, 200);
  }
});

test("a machine's JWT says the client as its subject, here and at introspection", async () => {
  const answer = await post(house, '/api/oidc/token', {
    grant_type: 'client_credentials',
    scope: 'reports',
    client_id: 'machine',
    ...secret,
  });
  const token = String(answer.body.access_token);
  const said = claimsOf(token);
  assert.deepEqual([said.sub, said.client_id, said.scope], ['machine', 'machine', 'reports']);
  const { body } = await inspect(token);
  assert.deepEqual([body.sub, body.username, String(body.active)], ['machine', undefined, 'true']);
  assert.equal((await post(house, '/api/oidc/revocation', { token }, basic('machine'))).status, 200);
  assert.deepEqual((await inspect(token)).body, { active: false });
});

test('HS256 signs with the secret of the client', async () => {
  const token = await tokenOf('symmetric', { client_secret: 'a secret in plain text of some length' });
  const key = new TextEncoder().encode('a secret in plain text of some length');
  await jwtVerify(token, key, { algorithms: ['HS256'], issuer: house.issuer });
});

test('attack 47: a public client learns of its own tokens alone, signed or not', async () => {
  const own = await tokenOf('spa', {});
  const foreign = await tokenOf();
  const asSpa = (token: string) => post(house, '/api/oidc/introspection', { token, client_id: 'spa' });
  assert.equal(String((await asSpa(own)).body.active), 'true');
  assert.deepEqual((await asSpa(foreign)).body, { active: false });
});

test("attack 47: another client's JWT is not revoked, and stays good", async () => {
  const token = await tokenOf();
  const answer = await post(house, '/api/oidc/revocation', { token }, basic('opaque'));
  assert.equal(answer.body.error, 'unauthorized_client');
  assert.equal((await userinfo(house, token)).status, 200);
});

test('attack 47: a JWT of somebody the directory no longer knows is not active', async () => {
  const token = await tokenOf();
  house.people.delete('alice');
  try {
    assert.deepEqual((await inspect(token)).body, { active: false });
    assert.equal((await userinfo(house, token)).status, 401);
  } finally {
    house.people.set('alice', alice);
  }
});
