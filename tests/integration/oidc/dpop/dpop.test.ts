/** Tokens bound to a key (DPoP, RFC 9449): binding, proofs, nonces, refresh, and every proof that is none. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import {
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  landing,
  type Params,
  post,
  verifier,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

type Holder = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
const newHolder = (): Holder => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const holder = newHolder();
const thief = newHolder();

const confidential: ClientOptions = {
  ...guideClient,
  consent_mode: 'explicit',
  scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  grant_types: ['authorization_code', 'refresh_token'],
  introspection_endpoint_auth_method: 'client_secret_post',
  pushed_authorization_request_endpoint_auth_method: 'client_secret_post',
};

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      { ...confidential, client_id: 'any' },
      { ...confidential, client_id: 'bound', dpop_bound_access_tokens: true },
      { ...confidential, client_id: 'signed', access_token_signed_response_alg: 'RS256' },
      {
        ...confidential,
        client_id: 'public',
        public: true,
        client_secret: undefined,
        token_endpoint_auth_method: 'none',
        introspection_endpoint_auth_method: 'none',
        pushed_authorization_request_endpoint_auth_method: 'none',
      },
    ],
  });
});
after(() => house.close());

type ProofChanges = {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signedBy?: KeyObject;
};

async function proof(path: string, method = 'POST', by: Holder = holder, changes: ProofChanges = {}): Promise<string> {
  const claims = {
    htm: method,
    htu: `${house.issuer}/api/oidc/${path}`,
    iat: Math.floor(Date.now() / 1000),
    jti: randomUUID(),
    ...changes.claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(by.publicKey), ...changes.header })
    .sign(changes.signedBy ?? by.privateKey);
}

const secretOf = (client_id: string) => (client_id === 'public' ? undefined : 'insecure_secret');

async function codeOf(client_id: string, params: Params = {}) {
  const scope = 'openid profile offline_access';
  return codeFor(house.browser(), { client_id, scope, ...params }, { as: 'alice', factors: '2', consent: 'accept' });
}

async function redeem(client_id: string, code: string, dpop?: string) {
  return post(house, '/api/oidc/token', fieldsOf(client_id, code), dpop ? { dpop } : {});
}

function fieldsOf(client_id: string, code: string): Params {
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'https://leantime.example.com/oidc/callback',
    code_verifier: verifier,
    client_id,
    client_secret: secretOf(client_id),
  };
}

async function boundTokens(client_id = 'any') {
  const { status, body } = await redeem(client_id, await codeOf(client_id), await proof('token'));
  assert.equal(status, 200, JSON.stringify(body));
  return { accessToken: String(body.access_token), refreshToken: String(body.refresh_token), type: body.token_type };
}

async function userinfo(headers: Record<string, string>) {
  const response = await fetch(`http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/userinfo`, { headers });
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate') ?? '',
    headers: response.headers,
  };
}

const ath = (token: string) => createHash('sha256').update(token).digest('base64url');

async function present(token: string, changes: ProofChanges = {}, by: Holder = holder, scheme = 'DPoP') {
  const dpop = await proof('userinfo', 'GET', by, { ...changes, claims: { ath: ath(token), ...changes.claims } });
  return userinfo({ authorization: `${scheme} ${token}`, dpop });
}

test('whoever sends a proof gets a token bound to its key, and others the bearer tokens they always had', async () => {
  assert.equal((await boundTokens()).type, 'DPoP');
  const { body } = await redeem('any', await codeOf('any'));
  assert.equal(body.token_type, 'Bearer');
  assert.equal((await userinfo({ authorization: `Bearer ${body.access_token}` })).status, 200);
});

for (const client of ['any', 'signed'])
  test(`userinfo answers a bound token of '${client}' with a proof of its key, and says nothing without`, async () => {
    const { accessToken } = await boundTokens(client);
    assert.equal((await present(accessToken)).status, 200);
    const bare = await userinfo({ authorization: `Bearer ${accessToken}` });
    assert.equal(bare.status, 401);
    assert.match(bare.challenge, /DPoP/);
    assert.equal((await present(accessToken, {}, thief)).status, 401);
  });

test('introspection tells the key that a token is bound to', async () => {
  const { accessToken } = await boundTokens();
  const fields = { client_id: 'any', client_secret: 'insecure_secret', token: accessToken };
  const { body } = await post(house, '/api/oidc/introspection', fields);
  assert.deepEqual(
    [body.token_type, body.cnf],
    ['DPoP', { jkt: await calculateJwkThumbprint(await exportJWK(holder.publicKey)) }],
  );
});

test('a client registered for bound tokens gets none without a proof', async () => {
  const refused = await redeem('bound', await codeOf('bound'));
  assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_grant']);
  assert.equal((await boundTokens('bound')).type, 'DPoP');
});

test('attack 34: a code asked for with a key is redeemed by that key alone', async () => {
  const dpop_jkt = await calculateJwkThumbprint(await exportJWK(holder.publicKey));
  const code = await codeOf('any', { dpop_jkt });
  assert.equal((await redeem('any', code, await proof('token', 'POST', thief))).body.error, 'invalid_grant');
  assert.equal((await redeem('any', await codeOf('any', { dpop_jkt }))).body.error, 'invalid_grant');
  const good = await redeem('any', await codeOf('any', { dpop_jkt }), await proof('token'));
  assert.equal(good.status, 200);
});

test('a request pushed with a proof binds its code to the key of the proof', async () => {
  const push = async (dpop: string, dpop_jkt?: string) => {
    const url = new URL(authorizationPath({ client_id: 'any', dpop_jkt }), house.issuer);
    const fields = { ...Object.fromEntries(url.searchParams), client_secret: 'insecure_secret' };
    return post(house, '/api/oidc/pushed-authorization-request', fields, { dpop });
  };
  const pushed = await push(await proof('pushed-authorization-request'));
  assert.equal(pushed.status, 201);
  const browser = house.browser();
  const request = new URLSearchParams({ client_id: 'any', request_uri: String(pushed.body.request_uri) });
  const person = { as: 'alice', factors: '2', consent: 'accept' } as const;
  const answer = landing(await authorize(browser, `/api/oidc/authorization?${request}`, person));
  const code = String(answer.searchParams.get('code'));
  assert.equal((await redeem('any', code, await proof('token', 'POST', thief))).body.error, 'invalid_grant');
  const mismatch = await push(await proof('pushed-authorization-request'), 'another-thumbprint');
  assert.deepEqual([mismatch.status, mismatch.body.error], [400, 'invalid_request']);
});

async function refresh(client_id: string, refresh_token: string, dpop?: string) {
  const fields = { grant_type: 'refresh_token', refresh_token, client_id, client_secret: secretOf(client_id) };
  return post(house, '/api/oidc/token', fields, dpop ? { dpop } : {});
}

test("a public client's refresh token is bound to its key too", async () => {
  const { refreshToken } = await boundTokens('public');
  assert.equal((await refresh('public', refreshToken)).body.error, 'invalid_grant');
  assert.equal(
    (await refresh('public', refreshToken, await proof('token', 'POST', thief))).body.error,
    'invalid_grant',
  );
  const renewed = await refresh('public', refreshToken, await proof('token'));
  assert.deepEqual([renewed.status, renewed.body.token_type], [200, 'DPoP']);
});

test('a confidential client may bind what it renews to another key', async () => {
  const { refreshToken } = await boundTokens('any');
  const renewed = await refresh('any', refreshToken, await proof('token', 'POST', thief));
  assert.equal(renewed.body.token_type, 'DPoP');
  assert.equal((await present(String(renewed.body.access_token), {}, thief)).status, 200);
});

test('a nonce is handed out, taken, and asked for when it is none of ours', async () => {
  const { accessToken } = await boundTokens();
  const nonce = (await present(accessToken)).headers.get('dpop-nonce');
  assert.ok(nonce);
  assert.equal((await present(accessToken, { claims: { nonce } })).status, 200);
  const foreign = await present(accessToken, { claims: { nonce: 'x'.repeat(43) } });
  assert.equal(foreign.status, 401);
  assert.match(foreign.challenge, /use_dpop_nonce/);
  assert.ok(foreign.headers.get('dpop-nonce'));
  // A clock that is wrong is cured by a nonce.
  const stale = Math.floor(Date.now() / 1000) - 3600;
  assert.equal((await present(accessToken, { claims: { iat: stale } })).status, 401);
  assert.equal((await present(accessToken, { claims: { iat: stale, nonce } })).status, 200);
});

test('attack 49: a proof is taken once, at the token endpoint and at userinfo, and once among twenty at the same time', async () => {
  const dpop = await proof('token');
  assert.equal((await redeem('any', await codeOf('any'), dpop)).status, 200);
  assert.equal((await redeem('any', await codeOf('any'), dpop)).body.error, 'invalid_grant');
  const { accessToken } = await boundTokens();
  const shown = await proof('userinfo', 'GET', holder, { claims: { ath: ath(accessToken) } });
  const headers = { authorization: `DPoP ${accessToken}`, dpop: shown };
  const answers = await Promise.all(Array.from({ length: 20 }, () => userinfo(headers)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal((await userinfo(headers)).status, 401);
});

test('attack 49: a proof for another address, method or token is refused', async () => {
  const { accessToken } = await boundTokens();
  for (const htu of [
    `${house.issuer}/api/oidc/token`,
    'https://elsewhere.example/api/oidc/userinfo',
    `${house.issuer}/api/oidc/userinfo/`,
    `${house.issuer}/API/oidc/userinfo`,
    'not an address',
    undefined,
  ])
    assert.equal((await present(accessToken, { claims: { htu } })).status, 401, htu);
  for (const htm of ['POST', 'get', '', undefined])
    assert.equal((await present(accessToken, { claims: { htm } })).status, 401, htm);
  for (const other of [ath('another token'), '', undefined])
    assert.equal((await present(accessToken, { claims: { ath: other } })).status, 401, other);
  assert.equal((await present(accessToken, {}, holder, 'Bearer')).status, 400);
});

test('attack 49: what only looks like a proof is refused', async () => {
  const { accessToken } = await boundTokens();
  const jwk = await exportJWK(holder.privateKey);
  for (const changes of [
    { signedBy: thief.privateKey },
    { header: { typ: 'JWT' } },
    { header: { typ: undefined } },
    { header: { jwk: undefined } },
    { header: { jwk } },
    { claims: { jti: undefined } },
    { claims: { iat: undefined } },
    { claims: { iat: Math.floor(Date.now() / 1000) + 3600 } },
  ] satisfies ProofChanges[])
    assert.equal((await present(accessToken, changes)).status, 401, JSON.stringify(changes));
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'dpop+jwt' })).toString('base64url');
  for (const dpop of ['', 'x', `${unsigned}.e30.`]) {
    const { status } = await userinfo({ authorization: `DPoP ${accessToken}`, dpop });
    assert.ok(status === 400 || status === 401, `${dpop}: ${status}`);
  }
});

test('attack 49: a certificate in a header opens nothing, because nothing reads one', async () => {
  const code = await codeOf('any');
  const forged = { 'x-ssl-client-cert': 'x', 'x-forwarded-client-cert': 'Hash=x', 'ssl-client-verify': 'SUCCESS' };
  const fields = { ...fieldsOf('any', code), client_secret: undefined };
  const { status, body } = await post(house, '/api/oidc/token', fields, forged);
  assert.deepEqual([status, body.error], [401, 'invalid_client']);
  const discovery = await house.browser().go('/.well-known/openid-configuration');
  assert.doesNotMatch(await discovery.text(), /tls_client/);
});

test('a proof without a bound token is refused, and so is a bound token of another kind', async () => {
  const { body } = await exchange(house, await codeOf('any'), { client_id: 'any' });
  assert.equal((await present(String(body.access_token))).status, 401);
});
