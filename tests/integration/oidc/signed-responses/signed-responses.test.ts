/** ID token, userinfo and introspection, signed by the algorithm or the key that each client is registered with. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, customFetch, type JWTVerifyResult, jwtVerify } from 'jose';
import {
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  landing,
  post,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse, rsaKey } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

const secret = 'a plaintext secret of more than thirty-two characters';
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey;
const second = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

function client(client_id: string, options: Partial<ClientOptions>): ClientOptions {
  return {
    ...guideClient,
    client_id,
    client_secret: { kind: 'plaintext', text: secret },
    introspection_endpoint_auth_method: 'client_secret_post',
    consent_mode: 'implicit',
    ...options,
  };
}

let house: House;
let published: ReturnType<typeof createRemoteJWKSet>;
before(async () => {
  house = await openHouse({
    clients: [
      client('plain', { userinfo_signed_response_alg: 'none', introspection_signed_response_alg: 'none' }),
      client('algorithms', {
        id_token_signed_response_alg: 'ES512',
        userinfo_signed_response_alg: 'ES256',
        introspection_signed_response_alg: 'RS256',
        response_types: ['code', 'code id_token token'],
        grant_types: ['authorization_code', 'implicit'],
        response_modes: ['query', 'fragment'],
      }),
      client('keys', {
        // The id decides, whatever algorithm stands beside it.
        id_token_signed_response_alg: 'ES256',
        id_token_signed_response_key_id: 'second',
        userinfo_signed_response_key_id: 'first',
        introspection_signed_response_key_id: 'second',
      }),
      client('secrets', {
        id_token_signed_response_alg: 'HS256',
        userinfo_signed_response_alg: 'HS384',
        introspection_signed_response_alg: 'HS512',
      }),
    ],
    oidc: {
      jwks: [
        { key: rsaKey(), key_id: 'first' },
        { key: second, key_id: 'second' },
        { key: p256, key_id: 'p256' },
        { key: p521, key_id: 'p521' },
      ],
    },
  });
  const url = new URL(`http://127.0.0.1:${new URL(house.issuer).port}/jwks.json`);
  published = createRemoteJWKSet(url, { [customFetch]: fetch });
});
after(() => house.close());

async function tokensOf(client_id: string) {
  const code = await codeFor(house.browser(), { client_id, nonce: 'a-nonce-of-enough' }, { as: 'alice', factors: '2' });
  const { body } = await exchange(house, code, { client_id, client_secret: secret });
  return { idToken: String(body.id_token), accessToken: String(body.access_token) };
}

async function fetchText(path: string, init: RequestInit) {
  const response = await fetch(`http://127.0.0.1:${new URL(house.issuer).port}${path}`, init);
  return { type: response.headers.get('content-type') ?? '', text: await response.text() };
}

const askUserinfo = (token: string) =>
  fetchText('/api/oidc/userinfo', { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } });

const introspect = (client_id: string, token: string, accept = '*/*') =>
  fetchText('/api/oidc/introspection', {
    method: 'POST',
    body: new URLSearchParams({ client_id, client_secret: secret, token }),
    headers: { accept },
  });

/** By an access token in place of the client's credentials. */
const introspectBearing = (caller: string, token: string) =>
  fetchText('/api/oidc/introspection', {
    method: 'POST',
    body: new URLSearchParams({ token }),
    headers: { authorization: `Bearer ${caller}` },
  });

async function verify(jwt: string, audience: string, typ?: string): Promise<JWTVerifyResult> {
  const options = { issuer: house.issuer, audience, ...(typ && { typ }) };
  const isSecret = Buffer.from(jwt.split('.')[0] ?? '', 'base64url')
    .toString()
    .includes('"HS');
  return isSecret ? jwtVerify(jwt, Buffer.from(secret), options) : jwtVerify(jwt, published, options);
}

test('a client without algorithms gets an ID token by RS256, and everything else as JSON whatever it accepts', async () => {
  const { idToken, accessToken } = await tokensOf('plain');
  assert.equal((await verify(idToken, 'plain')).protectedHeader.alg, 'RS256');
  assert.match((await askUserinfo(accessToken)).type, /^application\/json/);
  const answer = await introspect('plain', accessToken, 'application/token-introspection+jwt');
  assert.match(answer.type, /^application\/json/);
  assert.equal(JSON.parse(answer.text).active, true);
});

for (const [id, expected] of [
  ['algorithms', ['ES512 p521', 'ES256 p256', 'RS256 first']],
  ['keys', ['RS256 second', 'RS256 first', 'RS256 second']],
  ['secrets', ['HS256 undefined', 'HS384 undefined', 'HS512 undefined']],
] as const)
  test(`the client '${id}' gets its ID token, userinfo and introspection by ${expected.join(', ')}`, async () => {
    const { idToken, accessToken } = await tokensOf(id);
    const name = ({ protectedHeader: { alg, kid } }: JWTVerifyResult) => `${alg} ${kid}`;
    const verifiedId = await verify(idToken, id);
    const info = await askUserinfo(accessToken);
    assert.match(info.type, /^application\/jwt/);
    const verifiedInfo = await verify(info.text, id);
    assert.equal(verifiedInfo.payload.sub, verifiedId.payload.sub);
    assert.equal(verifiedInfo.payload.preferred_username, 'alice');
    assert.ok(verifiedInfo.payload.jti && verifiedInfo.payload.iat);
    const answer = await introspect(id, accessToken, 'application/json');
    assert.match(answer.type, /^application\/token-introspection\+jwt/);
    const verifiedAnswer = await verify(answer.text, id, 'token-introspection+jwt');
    assert.equal(verifiedAnswer.payload.exp, undefined);
    const told = verifiedAnswer.payload.token_introspection as Record<string, unknown>;
    assert.deepEqual([told.active, told.client_id], [true, id]);
    assert.deepEqual([verifiedId, verifiedInfo, verifiedAnswer].map(name), expected);
  });

for (const [id, expected] of [
  ['algorithms', 'RS256 first'],
  ['keys', 'RS256 second'],
  ['secrets', 'HS512 undefined'],
] as const)
  test(`an access token of the client '${id}' introspects others by ${expected} too`, async () => {
    const { accessToken: caller } = await tokensOf(id);
    const { accessToken } = await tokensOf(id);
    for (const [token, active] of [[accessToken, true] as const, ['unknown', false] as const]) {
      const answer = await introspectBearing(caller, token);
      assert.match(answer.type, /^application\/token-introspection\+jwt/);
      const { payload, protectedHeader } = await verify(answer.text, id, 'token-introspection+jwt');
      assert.equal(`${protectedHeader.alg} ${protectedHeader.kid}`, expected);
      assert.partialDeepStrictEqual(payload.token_introspection, { active });
    }
    const refused = await introspectBearing('unknown', accessToken);
    assert.match(refused.type, /^application\/json/);
  });

test('an access token of a client without algorithms introspects as JSON', async () => {
  const { accessToken: caller } = await tokensOf('plain');
  const answer = await introspectBearing(caller, (await tokensOf('plain')).accessToken);
  assert.match(answer.type, /^application\/json/);
  assert.equal(JSON.parse(answer.text).active, true);
});

test('an introspection that finds nothing is signed too, and one that is refused is not', async () => {
  const nothing = await introspect('algorithms', 'unknown');
  const { payload } = await verify(nothing.text, 'algorithms', 'token-introspection+jwt');
  assert.deepEqual(payload.token_introspection, { active: false });
  const refused = await post(house, '/api/oidc/introspection', {
    client_id: 'algorithms',
    client_secret: 'x',
    token: 'y',
  });
  assert.deepEqual([refused.status, refused.body.error], [401, 'invalid_client']);
});

test('an ID token that comes with other things holds their digests by its own algorithm', async () => {
  const changes = { client_id: 'algorithms', response_type: 'code id_token token', nonce: 'a-nonce-of-enough' };
  const url = landing(await authorize(house.browser(), authorizationPath(changes), { as: 'alice', factors: '2' }));
  const answer = new URLSearchParams(url.hash.slice(1));
  const { payload } = await verify(answer.get('id_token') ?? '', 'algorithms');
  const half = (name: string) =>
    createHash('sha512')
      .update(answer.get(name) ?? '')
      .digest()
      .subarray(0, 32)
      .toString('base64url');
  assert.deepEqual([payload.at_hash, payload.c_hash], [half('access_token'), half('code')]);
  assert.equal(payload.nonce, 'a-nonce-of-enough');
  assert.equal(Number(payload.exp) - Number(payload.iat), 3600);
});

test('attack 38: an ID token is no access token, neither in clear nor signed by a secret', async () => {
  for (const id of ['plain', 'secrets']) {
    const { idToken } = await tokensOf(id);
    assert.match((await askUserinfo(idToken)).text, /invalid_token/);
    const { text } = await introspect('plain', idToken);
    assert.equal(JSON.parse(text).active, false);
  }
});
