/** Authorization requests as signed objects (RFC 9101), sent along or pushed (RFC 9126), and what may not come that way. */
import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign as signData } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { CompactEncrypt, decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import {
  authorizationPath,
  authorize,
  exchange,
  type Params,
  post,
  state,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { keyPair } from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import {
  callback,
  guideClient,
  type House,
  openHouse,
  rsaKey,
} from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

const key = keyPair();
const rsa = keyPair({ key_id: 'rsa' }, 'rsa');
const stranger = keyPair();
const decryption = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secret = 'a plaintext secret of more than thirty-two characters';

function client(client_id: string, options: Partial<ClientOptions> = {}): ClientOptions {
  return {
    ...guideClient,
    client_id,
    consent_mode: 'implicit',
    pushed_authorization_request_endpoint_auth_method: 'client_secret_post',
    jwks: [key.stated, rsa.stated],
    ...options,
  };
}

const fetched: string[] = [];
const elsewhere = createServer((req, res) => {
  fetched.push(String(req.url));
  res.end();
});

let house: House;
before(async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  house = await openHouse({
    clients: [
      client('any'),
      client('other'),
      client('es', { request_object_signing_alg: 'ES256' }),
      client('unsigned', { request_object_signing_alg: 'none', jwks: undefined }),
      client('secret', { client_secret: { kind: 'plaintext', text: secret }, jwks: undefined }),
      client('lasting', {
        scopes: ['openid', 'offline_access'],
        consent_mode: 'explicit',
        grant_types: ['authorization_code', 'refresh_token'],
      }),
      client('unreadable', { request_object_signing_alg: 'RS256', jwks: undefined }),
    ],
    oidc: {
      jwks: [
        { key: rsaKey(), key_id: 'first' },
        { key: decryption.privateKey, use: 'enc', key_id: 'decrypts' },
      ],
    },
  });
});
after(async () => {
  await house.close();
  await new Promise((resolve) => elsewhere.close(resolve));
});

/** The parameters of a good request as claims, changed as told. */
function claimsFor(client_id: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const url = new URL(authorizationPath({ client_id, scope: 'openid' }), house.issuer);
  const now = Math.floor(Date.now() / 1000);
  const claims = { ...Object.fromEntries(url.searchParams), iss: client_id, aud: house.issuer, exp: now + 60 };
  return JSON.parse(JSON.stringify({ ...claims, ...changes }));
}

function sign(
  claims: Record<string, unknown>,
  by: KeyObject | Uint8Array = key.privateKey,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(by);
}

const alice = { as: 'alice', factors: '2' } as const;

/** What the application is told: parameters of the redirect, or the status of our page. */
async function answerTo(path: string): Promise<Record<string, string>> {
  const browser = house.browser();
  const response = await authorize(browser, path, alice);
  const location = response.headers.get('location');
  if (!location?.startsWith(callback)) return { status: String(response.status) };
  const url = new URL(location);
  const told = {
    ...Object.fromEntries(url.searchParams),
    ...Object.fromEntries(new URLSearchParams(url.hash.slice(1))),
  };
  return told.response ? (decodeJwt(told.response) as Record<string, string>) : told;
}

function send(client_id: string, request: string, outside: Params = {}) {
  const sent = Object.entries({ client_id, request, ...outside }).filter((entry) => entry[1] !== undefined);
  return answerTo(`/api/oidc/authorization?${new URLSearchParams(sent as [string, string][])}`);
}

const push = (client_id: string, fields: Params) =>
  post(house, '/api/oidc/pushed-authorization-request', { client_id, client_secret: 'insecure_secret', ...fields });

const usePushed = (client_id: string, request_uri: unknown, outside: Params = {}) =>
  answerTo(
    `/api/oidc/authorization?${new URLSearchParams({ client_id, request_uri: String(request_uri), ...outside })}`,
  );

test('a signed request leads to a code that can be exchanged', async () => {
  const { code, state: told } = await send('any', await sign(claimsFor('any')));
  assert.equal(told, state);
  assert.equal((await exchange(house, String(code), { client_id: 'any' })).status, 200);
  const typed = await sign(claimsFor('any'), rsa.privateKey, { alg: 'PS256', typ: 'oauth-authz-req+jwt' });
  assert.equal((await send('any', typed)).code, undefined, 'the key is registered for RS256 alone');
  const other = await sign(claimsFor('any'), rsa.privateKey, { alg: 'RS256', kid: 'rsa', typ: 'oauth-authz-req+jwt' });
  assert.ok((await send('any', other)).code);
});

test('a signed request may be pushed, once', async () => {
  const pushed = await push('any', { request: await sign(claimsFor('any')) });
  assert.equal(pushed.status, 201);
  assert.ok((await usePushed('any', pushed.body.request_uri)).code);
  const again = await usePushed('any', pushed.body.request_uri);
  assert.deepEqual([again.error, again.code], ['invalid_request_uri', undefined]);
});

test("a request signed with the client's plaintext secret is taken", async () => {
  const request = await sign(claimsFor('secret'), Buffer.from(secret), { alg: 'HS256' });
  assert.ok((await send('secret', request)).code);
  const wrong = await sign(claimsFor('secret'), Buffer.from('another secret of more than thirty-two'), {
    alg: 'HS256',
  });
  assert.equal((await send('secret', wrong)).code, undefined);
});

test('a request encrypted for the provider is decrypted with its published key', async () => {
  const jwks = (await (await house.browser().go('/jwks.json')).json()) as { keys: Record<string, string>[] };
  const published = jwks.keys.find(({ use }) => use === 'enc');
  assert.deepEqual([published?.kid, published?.alg, published?.d], ['decrypts', 'ECDH-ES+A256KW', undefined]);
  const signed = await sign(claimsFor('es'));
  const encrypt = (to: KeyObject) =>
    new CompactEncrypt(Buffer.from(signed))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', cty: 'JWT', kid: 'decrypts' })
      .encrypt(to);
  assert.ok((await send('es', await encrypt(decryption.publicKey))).code);
  assert.equal((await send('es', await encrypt(createPublicKey(stranger.publicPem)))).code, undefined);
});

test('a client registered for an algorithm uses that one', async () => {
  assert.ok((await send('es', await sign(claimsFor('es')))).code);
  const rs = await sign(claimsFor('es'), rsa.privateKey, { alg: 'RS256' });
  const { error, code } = await send('es', rs, { redirect_uri: callback, state, response_type: 'code' });
  assert.deepEqual([error, code], ['invalid_request_object', undefined]);
});

test('an unsigned request is taken from a client that is registered for it, and means no more than parameters', async () => {
  const unsigned = new UnsecuredJWT(claimsFor('unsigned')).encode();
  assert.ok((await send('unsigned', unsigned)).code);
  const evil = new UnsecuredJWT(claimsFor('unsigned', { redirect_uri: 'https://evil.example/callback' })).encode();
  assert.deepEqual(await send('unsigned', evil), { status: '400' });
  const outside = await send('unsigned', unsigned, { scope: 'openid unregistered', state: 'another-state-outside' });
  assert.equal(outside.state, state);
  const signed = await sign(claimsFor('unsigned'));
  assert.equal((await send('unsigned', signed)).code, undefined, 'registered for none, signed all the same');
});

test('lasting access asked for in a request object is granted after consent', async () => {
  const browser = house.browser();
  const request = await sign(claimsFor('lasting', { scope: 'openid offline_access' }));
  const path = `/api/oidc/authorization?${new URLSearchParams({ client_id: 'lasting', request })}`;
  const response = await authorize(browser, path, { ...alice, consent: 'accept' });
  const code = new URL(String(response.headers.get('location'))).searchParams.get('code');
  const { body } = await exchange(house, String(code), { client_id: 'lasting' });
  assert.ok(body.refresh_token);
});

test('a client whose requests can never be read is told of at the start', () => {
  const told = house.lines.map(({ msg }) => String(msg)).filter((msg) => msg.includes('cannot be read'));
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /Client unreadable .*RS256 needs the client's public keys/);
});

const outside = { redirect_uri: callback, state, response_type: 'code', scope: 'openid' };
/** A request in plain parameters. */
const plainly = {
  ...outside,
  nonce: 'a-nonce-of-enough',
  code_challenge: createHash('sha256').update('x').digest('base64url'),
  code_challenge_method: 'S256',
};

test('attack 38: a request object without a good signature of this client is refused', async () => {
  const payload = Buffer.from(JSON.stringify(claimsFor('any'))).toString('base64url');
  const forged = (header: object, signature = '') =>
    `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`;
  const jwk = stranger.stated.key?.key.export({ format: 'jwk' });
  const at = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const requests = {
    none: forged({ alg: 'none' }),
    'none, spelled otherwise': forged({ alg: 'nOnE' }),
    'another key': await sign(claimsFor('any'), stranger.privateKey),
    'HMAC with the public key': await sign(claimsFor('any'), Buffer.from(rsa.publicPem), { alg: 'HS256' }),
    'a key of its own': await sign(claimsFor('any'), stranger.privateKey, { jwk }),
    'keys elsewhere': await sign(claimsFor('any'), stranger.privateKey, { jku: `${at}/jku`, x5u: `${at}/x5u` }),
    'a key id that is a path': await sign(claimsFor('any'), key.privateKey, { kid: '../../dev/null' }),
    'another type': await sign(claimsFor('any'), key.privateKey, { typ: 'at+jwt' }),
    'another issuer': await sign(claimsFor('any', { iss: 'other' })),
    'another audience': await sign(claimsFor('any', { aud: 'https://elsewhere.example' })),
    expired: await sign(claimsFor('any', { exp: 1 })),
    'not yet': await sign(claimsFor('any', { nbf: Math.floor(Date.now() / 1000) + 600 })),
    'no JWT': 'no-jwt',
  };
  for (const [name, request] of Object.entries(requests)) {
    const { error, code } = await send('any', request, outside);
    assert.deepEqual([error, code], ['invalid_request_object', undefined], name);
    const pushed = await push('any', { request });
    assert.deepEqual([pushed.status, pushed.body.error], [400, 'invalid_request_object'], name);
  }
  assert.deepEqual(fetched, []);
});

test('attack 38: of a member that stands twice in a request object the last one counts, for checking and for use', async () => {
  // RFC 7515 section 4, RFC 7519 section 4: such a token is refused, or read like this.
  const signed = (header: string, claims: string) => {
    const data = [header, claims].map((each) => Buffer.from(each).toString('base64url')).join('.');
    const signature = signData('sha256', Buffer.from(data), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${data}.${signature.toString('base64url')}`;
  };
  const header = JSON.stringify({ alg: 'ES256' });
  const claims = JSON.stringify(claimsFor('any'));
  for (const member of [
    '"iss":"other"',
    '"client_id":"other"',
    '"aud":"https://elsewhere.example"',
    '"exp":1',
    '"redirect_uri":"https://evil.example/callback"',
    '"scope":"openid reports"',
    '"response_type":"id_token token"',
    '"request_uri":"urn:ietf:params:oauth:request_uri:x"',
  ]) {
    const last = await send('any', signed(header, `${claims.slice(0, -1)},${member}}`), outside);
    assert.equal(last.code, undefined, member);
    if (claims.includes(`${member.split(':')[0]}:`))
      assert.ok((await send('any', signed(header, `{${member},${claims.slice(1)}`))).code, member);
  }
  for (const last of ['"alg":"none"', '"alg":"HS256"', '"typ":"at+jwt"'])
    assert.equal(
      (await send('any', signed(`{"typ":"jwt",${header.slice(1, -1)},${last}}`, claims))).code,
      undefined,
      last,
    );
  const twice = signed(`{"alg":"none",${header.slice(1)}`, claims);
  assert.ok((await send('any', twice)).code);
  assert.equal(
    (await send('any', twice.slice(0, twice.lastIndexOf('.') + 1))).code,
    undefined,
    'its signature is away',
  );
});

test('attack 41: a request of another client is refused, sent along or pushed', async () => {
  const foreign = await sign(claimsFor('other'));
  assert.equal((await send('any', foreign, outside)).code, undefined);
  const pushed = await push('other', { request: foreign });
  assert.equal((await usePushed('any', pushed.body.request_uri)).code, undefined);
  const plain = await push('other', plainly);
  assert.deepEqual([pushed.status, plain.status], [201, 201]);
  assert.equal((await usePushed('any', plain.body.request_uri, outside)).code, undefined);
  const borrowed = await push('any', { request: foreign });
  assert.equal(borrowed.status, 400);
});

test('attack 41: an address to fetch a request from is refused, and nothing is fetched', async () => {
  const port = (elsewhere.address() as AddressInfo).port;
  for (const request_uri of [
    `http://127.0.0.1:${port}/request.jwt`,
    `http://keys.localhost:${port}/request.jwt`,
    'https://app.example.com/request.jwt',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'urn:example:request',
  ]) {
    const { error, code } = await usePushed('any', request_uri, outside);
    assert.deepEqual([error, code], ['request_uri_not_supported', undefined], request_uri);
  }
  for (const request_uri of ['urn:ietf:params:oauth:request_uri:unknown', 'urn:ietf:params:oauth:request_uri:']) {
    const { error, code } = await usePushed('any', request_uri, outside);
    assert.deepEqual([error, code], ['invalid_request_uri', undefined], request_uri);
  }
  const nested = await push('any', { request_uri: 'urn:ietf:params:oauth:request_uri:x', ...outside });
  assert.deepEqual([nested.status, nested.body.error], [400, 'request_uri_not_supported']);
  assert.deepEqual(fetched, []);
});

test('attack 41: a pushed request is used once among ten at the same time', async () => {
  const pushed = await push('any', { request: await sign(claimsFor('any')) });
  const answers = await Promise.all(Array.from({ length: 10 }, () => usePushed('any', pushed.body.request_uri)));
  assert.equal(answers.filter(({ code }) => code !== undefined).length, 1);
});

test('attack 41: a pushed request is refused past its time, however long the object in it is good', async (t) => {
  const now = Date.now();
  const exp = Math.floor(now / 1000) + 3600;
  t.mock.timers.enable({ apis: ['Date'], now });
  const pushTwo = async () => [
    await push('any', plainly),
    await push('any', { request: await sign(claimsFor('any', { exp })) }),
  ];
  const [used, left] = [await pushTwo(), await pushTwo()];
  for (const { body } of [...used, ...left]) assert.equal(body.expires_in, 60);
  t.mock.timers.tick(59_000);
  for (const { body } of used) assert.ok((await usePushed('any', body.request_uri)).code);
  for (const passedMs of [1_000, 60_000]) {
    t.mock.timers.tick(passedMs);
    for (const { body } of left) {
      const { error, code } = await usePushed('any', body.request_uri, outside);
      assert.deepEqual([error, code], ['invalid_request_uri', undefined]);
    }
  }
});

test('attack 41: what stands beside a request object does not count', async () => {
  const stray: Params = {
    scope: 'openid profile',
    state: 'another-state-outside',
    redirect_uri: 'https://evil.example/callback',
    nonce: 'another-nonce',
    prompt: 'consent',
  };
  const request = await sign(claimsFor('any'));
  const sent = await send('any', request, stray);
  assert.equal(sent.state, state);
  const pushed = await push('any', { ...stray, request: await sign(claimsFor('any')) });
  const used = await usePushed('any', pushed.body.request_uri, stray as Record<string, string>);
  assert.equal(used.state, state);
  const { body } = await exchange(house, String(used.code), { client_id: 'any' });
  assert.equal(body.scope, 'openid');
});

test('attack 41: an object inside an object, and both kinds at once, are refused', async () => {
  const inner = await sign(claimsFor('any'));
  for (const changes of [{ request: inner }, { request_uri: 'urn:ietf:params:oauth:request_uri:x' }]) {
    const { error } = await send('any', await sign(claimsFor('any', changes)), outside);
    assert.equal(error, 'invalid_request_object');
  }
  const both = await usePushed('any', 'urn:ietf:params:oauth:request_uri:x', { ...outside, request: inner } as Record<
    string,
    string
  >);
  assert.equal(both.code, undefined);
});

test('attack 42: a parameter twice inside a request object is refused', async () => {
  for (const changes of [
    { state: [state, state] },
    { scope: ['openid', 'profile'] },
    { redirect_uri: [callback, callback] },
  ])
    assert.equal((await send('any', await sign(claimsFor('any', changes)), outside)).code, undefined);
});

/** Ways a request can come by. */
const ways: Readonly<Record<string, (changes: Params) => Promise<Record<string, string>>>> = {
  'the query': (changes) =>
    answerTo(
      authorizationPath({ client_id: 'any', scope: 'openid', nonce: 'a-nonce-of-enough', prompt: 'none', ...changes }),
    ),
  'a POST': async (changes) => {
    const form = new URL(
      authorizationPath({ client_id: 'any', scope: 'openid', prompt: 'none', nonce: 'a-nonce-of-enough', ...changes }),
      house.issuer,
    );
    const posted = await house.browser().go('/api/oidc/authorization', { method: 'POST', body: form.searchParams });
    return answerTo(String(posted.headers.get('location')));
  },
  'a request object': async (changes) =>
    send('any', await sign(claimsFor('any', { nonce: 'a-nonce-of-enough', ...changes })), {
      ...outside,
      response_type: changes.response_type,
    }),
  'a push': async (changes) => {
    const { status, body } = await push('any', { ...plainly, ...changes });
    return status === 201 ? usePushed('any', body.request_uri) : { error: String(body.error) };
  },
  'a pushed request object': async (changes) => {
    const { status, body } = await push('any', {
      request: await sign(claimsFor('any', { nonce: 'a-nonce-of-enough', ...changes })),
    });
    return status === 201 ? usePushed('any', body.request_uri) : { error: String(body.error) };
  },
};

for (const [name, go] of Object.entries(ways)) {
  test(`attack 40: a response type or mode that is not registered does not get in by ${name}`, async () => {
    for (const changes of [
      { response_type: 'id_token' },
      { response_type: 'id_token token' },
      { response_type: 'code id_token' },
      { response_type: 'code token' },
      { response_type: 'token' },
      { response_type: 'none' },
      { response_mode: 'web_message' },
      { response_mode: 'query.jwt' },
    ]) {
      const told = await go(changes);
      assert.ok(
        told.error !== undefined || told.status === '400',
        `${JSON.stringify(changes)}: ${JSON.stringify(told)}`,
      );
      for (const field of ['code', 'id_token', 'access_token']) assert.equal(told[field], undefined);
    }
  });

  test(`attack 40: a scope that is not registered does not get in by ${name}`, async () => {
    const told = await go({ scope: 'openid reports' });
    assert.equal(told.code, undefined);
    assert.equal(told.error ?? 'invalid_scope', 'invalid_scope');
  });
}

test('attack 40: parameters on the way back from signing in change nothing', async () => {
  const browser = house.browser();
  const step = String(
    (await browser.go(authorizationPath({ client_id: 'any', scope: 'openid' }))).headers.get('location'),
  );
  const answered = await browser.go(`${step}?${new URLSearchParams(alice)}`, { method: 'POST' });
  const back = String(answered.headers.get('location'));
  const stray = new URLSearchParams({
    response_type: 'id_token token',
    response_mode: 'fragment',
    scope: 'openid reports',
  });
  const url = new URL(String((await browser.go(`${back}?${stray}`)).headers.get('location')));
  assert.ok(url.searchParams.get('code'));
  assert.equal(url.hash, '');
});

test('attack 40: a grant that is not registered is refused at the token endpoint', async () => {
  for (const [grant_type, fields] of Object.entries({
    refresh_token: { refresh_token: 'x' },
    client_credentials: { scope: 'openid' },
    implicit: {},
    password: { username: 'alice', password: 'x' },
    'urn:ietf:params:oauth:grant-type:device_code': { device_code: 'x' },
    'urn:ietf:params:oauth:grant-type:token-exchange': { subject_token: 'x' },
    'urn:ietf:params:oauth:grant-type:jwt-bearer': { assertion: 'x' },
    'urn:openid:params:grant-type:ciba': { auth_req_id: 'x' },
  })) {
    const { status, body } = await post(house, '/api/oidc/token', {
      grant_type,
      client_id: 'any',
      client_secret: 'insecure_secret',
      ...fields,
    });
    assert.equal(status, 400, grant_type);
    assert.match(String(body.error), /^(unauthorized_client|unsupported_grant_type|invalid_request)$/, grant_type);
  }
  const device = await post(house, '/api/oidc/device-authorization', {
    client_id: 'any',
    client_secret: 'insecure_secret',
  });
  assert.equal(device.status, 400);
});
