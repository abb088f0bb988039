/** What is recorded of each refusal: its cause, what was sent against what is registered, the key that decides, the cure. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  type Params,
  post,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import {
  assertionType,
  keyPair,
  signAssertion,
} from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import {
  callback,
  guideClient,
  guideSecret,
  type House,
  openHouse,
} from '../../../../apps/identity/src/oidc/house.testing.ts';
import { type KeptRefusal, textOf } from '../../../../apps/identity/src/oidc/refusals/refusal.ts';

const key = keyPair();

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      guideClient,
      { ...guideClient, client_id: 'wiki', client_name: 'Wiki' },
      { ...guideClient, client_id: 'basic', token_endpoint_auth_method: 'client_secret_basic' },
      { ...guideClient, client_id: 'plain', client_secret: { kind: 'plaintext', text: 'a plain secret' } },
      { ...guideClient, client_id: 'damaged', client_secret: { kind: 'plaintext', text: 'pbkdf2-sha51210000' } },
      { ...guideClient, client_id: 'broken', token_endpoint_auth_method: 'client_secret_basic', redirect_uris: [] },
      { ...guideClient, client_id: 'free', require_pkce: false, pkce_challenge_method: '' },
      {
        ...guideClient,
        client_id: 'lasting',
        scopes: ['openid', 'offline_access'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
      { ...guideClient, client_id: 'signing', token_endpoint_auth_method: 'private_key_jwt', jwks: [key.stated] },
      { ...guideClient, client_id: 'closed', authorization_policy: 'nobody' },
    ],
    oidc: {
      lifespans: { authorize_code: 60, refresh_token: 5400 },
      authorization_policies: { nobody: { default_policy: 'deny' } },
    },
  });
});
after(() => house.close());

/** What was recorded since the act began, which is one row. */
async function recordedBy(act: () => Promise<unknown>): Promise<KeptRefusal> {
  const earlier = new Map((await house.refusals()).map(({ reference, times }) => [reference, times]));
  await act();
  const found = (await house.refusals()).filter(({ reference, times }) => earlier.get(reference) !== times);
  assert.equal(found.length, 1, JSON.stringify(found.map(({ cause }) => cause)));
  const [refusal] = found;
  assert.ok(refusal);
  return refusal;
}

const exchanges: readonly [title: string, changes: Params, cause: string, key: string | undefined][] = [
  ['a wrong secret', { client_secret: 'wrong' }, 'secret-wrong', 'client_secret'],
  [
    'the digest of the configuration as the secret',
    { client_secret: guideSecret },
    'secret-is-digest',
    'client_secret',
  ],
  [
    'another digest as the secret',
    { client_secret: '$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo' },
    'secret-is-digest',
    'client_secret',
  ],
  [
    'a digest in the application, and a plain secret in the configuration',
    { client_id: 'plain', client_secret: guideSecret },
    'secret-swapped',
    'client_secret',
  ],
  ['a digest that lost its $ signs', { client_id: 'damaged' }, 'secret-digest-damaged', 'client_secret'],
  ['a line break behind the secret', { client_secret: 'insecure_secret\n' }, 'secret-blanks', 'client_secret'],
  ['quotation marks around the secret', { client_secret: '"insecure_secret"' }, 'secret-quotes', 'client_secret'],
  ['a secret that was encoded twice', { client_secret: 'insecure%5Fsecret' }, 'secret-encoding', 'client_secret'],
  ['post against basic', { client_id: 'basic' }, 'client-auth-method', 'token_endpoint_auth_method'],
  ['no secret at all', { client_secret: undefined }, 'client-auth-method', 'token_endpoint_auth_method'],
  ['a client id in capitals', { client_id: 'Leantime' }, 'client-unknown', 'clients'],
  ['a client that was left out at the start', { client_id: 'broken' }, 'client-left-out', 'clients[5]'],
  ['a grant that is not registered', { grant_type: 'client_credentials' }, 'grant-type', 'grant_types'],
  ['a grant that nobody has', { grant_type: 'password' }, 'grant-type-unknown', undefined],
  ['a code that never was', { code: 'made up' }, 'code-unknown', 'authorize_code'],
  ['a request without a grant', { grant_type: undefined }, 'parameter-missing', undefined],
  [
    'a refresh token that never was',
    { client_id: 'lasting', grant_type: 'refresh_token', refresh_token: 'made up' },
    'refresh-expired',
    'refresh_token',
  ],
];

for (const [title, changes, cause, key] of exchanges)
  test(`${title} is recorded as ${cause}`, async () => {
    const refusal = await recordedBy(() => exchange(house, 'a code', changes));
    assert.equal(refusal.cause, cause);
    assert.equal(refusal.endpoint, 'token');
    assert.equal(refusal.clientId, changes.client_id ?? 'leantime');
    assert.ok(key === undefined || refusal.setting?.key.endsWith(key), refusal.setting?.key);
    for (const sentence of [refusal.what, refusal.why, refusal.todo]) assert.match(sentence, /^[A-Z].*\.$/);
  });

const redemptions: readonly [title: string, changes: Params, cause: string, client?: string][] = [
  ['a wrong verifier', { code_verifier: 'w'.repeat(43) }, 'verifier-wrong'],
  ['no verifier', { code_verifier: undefined }, 'verifier-missing'],
  ['a verifier that is too short', { code_verifier: 'v'.repeat(42) }, 'verifier-shape'],
  ['another redirect URI', { redirect_uri: `${callback}/` }, 'code-redirect-uri'],
  ['a code of another client', { client_id: 'wiki' }, 'code-other-client'],
];

for (const [title, changes, cause] of redemptions)
  test(`${title} at the exchange is recorded as ${cause}`, async () => {
    const code = await codeFor(house.browser());
    assert.equal((await recordedBy(() => exchange(house, code, changes))).cause, cause);
  });

test('a verifier without a challenge is recorded as verifier-unasked', async () => {
  const without = { client_id: 'free', code_challenge: undefined, code_challenge_method: undefined };
  const code = await codeFor(house.browser(), without);
  assert.equal((await recordedBy(() => exchange(house, code, { client_id: 'free' }))).cause, 'verifier-unasked');
});

test('the redirect URI of the exchange is compared with the one the code was issued for', async () => {
  const code = await codeFor(house.browser());
  const refusal = await recordedBy(() => exchange(house, code, { redirect_uri: `${callback}/` }));
  assert.match(refusal.why, /trailing slash/);
  assert.deepEqual(refusal.sent, [{ text: callback }, { text: '/', differs: true }]);
  assert.deepEqual(refusal.registered, [{ text: callback }]);
});

test('a code that is presented twice is recorded as code-reused', async () => {
  const code = await codeFor(house.browser());
  assert.equal((await exchange(house, code)).status, 200);
  assert.equal((await recordedBy(() => exchange(house, code))).cause, 'code-reused');
});

test('a refresh token that is used twice is recorded as refresh-reused', async () => {
  const code = await codeFor(house.browser(), { client_id: 'lasting', scope: 'openid offline_access' });
  const tokens = await exchange(house, code, { client_id: 'lasting' });
  const refresh = { client_id: 'lasting', grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token };
  assert.equal((await exchange(house, '', { ...refresh, code: undefined })).status, 200);
  const refusal = await recordedBy(() => exchange(house, '', { ...refresh, code: undefined }));
  assert.equal(refusal.cause, 'refresh-reused');
});

test('basic against post is recorded with the line that would take it', async () => {
  const authorization = `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}`;
  const fields = { grant_type: 'authorization_code', code: 'a code', redirect_uri: callback };
  const refusal = await recordedBy(() => post(house, '/api/oidc/token', fields, { authorization }));
  assert.equal(refusal.cause, 'client-auth-method');
  assert.equal(textOf(refusal.sent), 'client_secret_basic');
  assert.equal(textOf(refusal.registered), 'client_secret_post');
  assert.equal(refusal.write, "token_endpoint_auth_method: 'client_secret_basic'");
  assert.equal(refusal.clientId, 'leantime');
});

test('a secret where a signed assertion is registered is recorded as assertion-expected', async () => {
  const refusal = await recordedBy(() => exchange(house, 'a code', { client_id: 'signing' }));
  assert.equal(refusal.cause, 'assertion-expected');
  assert.equal(textOf(refusal.registered), 'private_key_jwt');
  assert.equal(refusal.write, undefined, 'nobody is told to fall back to a secret');
});

test('an assertion for another audience is recorded with what is wrong, and never itself', async () => {
  const client_assertion = await signAssertion(house, 'signing', key.privateKey, {
    claims: { aud: 'https://elsewhere.example' },
  });
  const fields = {
    client_id: 'signing',
    client_secret: undefined,
    client_assertion,
    client_assertion_type: assertionType,
  };
  const refusal = await recordedBy(() => exchange(house, 'a code', fields));
  assert.equal(refusal.cause, 'assertion-wrong');
  assert.match(refusal.why, /^Audience/);
  assert.ok(!JSON.stringify(refusal).includes(client_assertion));
});

test('a secret with a + that was not encoded for the header is recorded as secret-encoding', async () => {
  const authorization = `Basic ${Buffer.from('basic:insecure+secret').toString('base64')}`;
  const broken = `Basic ${Buffer.from('basic:100%secret').toString('base64')}`;
  for (const each of [authorization, broken]) {
    const refusal = await recordedBy(() =>
      post(house, '/api/oidc/token', { grant_type: 'x' }, { authorization: each }),
    );
    assert.deepEqual([refusal.cause, refusal.clientId], ['secret-encoding', 'basic']);
  }
});

test('the nearest client id is told for one that is misspelt', async () => {
  assert.match(
    (await recordedBy(() => exchange(house, 'a code', { client_id: 'leantimes' }))).todo,
    /Write leantime as/,
  );
});

test('a misspelt client at a Basic header is recorded by the id that it sent', async () => {
  const authorization = `Basic ${Buffer.from('Wiki:a secret').toString('base64')}`;
  const fields = { grant_type: 'client_credentials' };
  const refusal = await recordedBy(() => post(house, '/api/oidc/token', fields, { authorization }));
  assert.deepEqual([refusal.cause, refusal.clientId, refusal.isKnownClient], ['client-unknown', 'Wiki', false]);
});

test('a person whom the policy keeps out is recorded with the policy', async () => {
  const act = () => authorize(house.browser(), authorizationPath({ client_id: 'closed' }), aliceAgrees);
  const refusal = await recordedBy(act);
  assert.equal(refusal.cause, 'policy-denied');
  assert.match(refusal.setting?.key ?? '', /authorization_policies\.nobody$/);
});

test('introspection, revocation, pushed requests and userinfo are recorded too', async () => {
  const secret = { client_id: 'leantime', client_secret: 'wrong' };
  for (const [endpoint, path] of [
    ['introspection', '/api/oidc/introspection'],
    ['revocation', '/api/oidc/revocation'],
    ['pushed_authorization_request', '/api/oidc/pushed-authorization-request'],
  ] as const) {
    const refusal = await recordedBy(() => post(house, path, { ...secret, token: 'a token' }));
    assert.equal(refusal.endpoint, endpoint);
    assert.equal(refusal.cause, 'client-auth-method', 'these endpoints have methods of their own');
    assert.match(refusal.setting?.key ?? '', new RegExp(`${endpoint}_endpoint_auth_method$`));
  }
  const refusal = await recordedBy(() => post(house, '/api/oidc/userinfo', {}, { authorization: 'Bearer made-up' }));
  assert.deepEqual([refusal.endpoint, refusal.cause], ['userinfo', 'access-token']);
});
