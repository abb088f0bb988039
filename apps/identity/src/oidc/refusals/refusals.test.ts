import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from '../browser.testing.ts';
import { aliceAgrees, authorizationPath, authorize, exchange, landing, type Params, post } from '../client.testing.ts';
import { guideClient, type House, openHouse } from '../house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      guideClient,
      { ...guideClient, client_id: 'pushed', require_pushed_authorization_requests: true },
      { ...guideClient, client_id: 'basic', token_endpoint_auth_method: 'client_secret_basic' },
    ],
  });
});
after(() => house.close());

const without = { code_challenge: undefined, code_challenge_method: undefined };
const faults: [string, Params, string, string][] = [
  ['a missing challenge', without, 'pkce-missing', 'require_pkce'],
  ['a challenge without a method', { code_challenge_method: undefined }, 'pkce-method', 'pkce_challenge_method'],
  ['the method plain', { code_challenge_method: 'plain' }, 'pkce-method', 'pkce_challenge_method'],
  ['a scope that is not registered', { scope: 'openid phone' }, 'scope-unregistered', 'scopes'],
  ['a scope that nobody knows', { scope: 'openid everything' }, 'scope-unregistered', 'scopes'],
  ['a missing state', { state: undefined }, 'state-missing', 'minimum_parameter_entropy'],
  ['a short state', { state: 'short' }, 'state-short', 'minimum_parameter_entropy'],
  ['a short nonce', { nonce: 'short' }, 'nonce-short', 'minimum_parameter_entropy'],
  [
    'a response type that is not registered',
    { response_type: 'id_token', nonce: 'long enough' },
    'response-type',
    'response_types',
  ],
  ['a request that was not pushed', { client_id: 'pushed' }, 'push-missing', 'require_pushed_authorization_requests'],
];

/** Signed in at the portal: alice is in the group of administrators, bob is not. */
async function signedIn(as: 'alice' | 'bob'): Promise<Browser> {
  const browser = house.browser();
  await authorize(browser, authorizationPath(), { ...aliceAgrees, as });
  return browser;
}

for (const [title, changes, code, key] of faults)
  test(`${title} ends on a page that names the application, and shows an administrator the line that decides`, async () => {
    const response = await (await signedIn('alice')).go(authorizationPath(changes));
    assert.equal(response.status, 400);
    assert.match(response.headers.get('content-type') ?? '', /text\/html/);
    const page = house.pages.at(-1);
    const diagnosis = page?.diagnosis;
    assert.equal(diagnosis?.cause, code);
    assert.match(page?.heading ?? '', /Leantime/);
    assert.ok(diagnosis?.setting?.key.endsWith(key), diagnosis?.setting?.key);
    assert.equal(diagnosis?.setting?.file, 'configuration.yml');
    assert.equal(typeof diagnosis?.setting?.line, 'number');
    for (const part of [diagnosis?.what, diagnosis?.why, diagnosis?.todo]) assert.match(part ?? '', /\.$/);
    const back = new URL(page?.back?.href ?? '');
    assert.equal(back.origin + back.pathname, guideClient.redirect_uris?.[0]);
    const answer = new URLSearchParams(back.search || back.hash.slice(1));
    assert.ok(answer.get('error'));
    assert.equal(answer.get('iss'), house.issuer);
    const line = house.lines.at(-1);
    assert.equal(line?.client, changes.client_id ?? 'leantime');
    assert.equal(line?.cause, code);
    assert.equal(line?.reference, page?.reference);
  });

test('attack 30: everybody else sees the reference, and nothing of the configuration', async () => {
  for (const browser of [house.browser(), await signedIn('bob')]) {
    await browser.go(authorizationPath(without));
    const page = house.pages.at(-1);
    assert.equal(page?.diagnosis, undefined);
    assert.match(page?.reference ?? '', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const refusals = await house.refusals();
    const refusal = refusals.find(({ reference }) => reference === page?.reference);
    assert.equal(refusal?.cause, 'pkce-missing');
    assert.match(refusal?.what ?? '', /code_challenge/);
    const { reference: _, back: __, application: ___, ...said } = page ?? {};
    assert.doesNotMatch(JSON.stringify(said), /configuration|require_pkce|code_challenge|clients\[/);
  }
});

test('attack 30: who signed out, or was taken out of the group, is no administrator any more', async () => {
  const browser = await signedIn('alice');
  const person = house.people.get('alice');
  assert.ok(person);
  house.people.set('alice', { ...person, groups: ['staff'] });
  await browser.go(authorizationPath(without));
  assert.equal(house.pages.at(-1)?.diagnosis, undefined);
  house.people.set('alice', person);
  await browser.go(authorizationPath(without));
  assert.ok(house.pages.at(-1)?.diagnosis);
  house.sessions.clear();
  await browser.go(authorizationPath(without));
  assert.equal(house.pages.at(-1)?.diagnosis, undefined);
});

test('with prompt=none, or from a program, the same fault goes to the application as the protocol says', async () => {
  const silent = await house.browser().go(authorizationPath({ ...without, prompt: 'none' }));
  const program = await house.browser().go(authorizationPath(without), { headers: { accept: 'application/json' } });
  for (const response of [silent, program]) {
    const url = landing(response);
    assert.equal(url.searchParams.get('error'), 'invalid_request');
    assert.equal(url.searchParams.get('iss'), house.issuer);
  }
});

test('an unknown client ends on a page and is never redirected', async () => {
  const response = await house.browser().go(authorizationPath({ client_id: 'nobody' }));
  assert.equal(response.status, 400);
  assert.equal(response.headers.get('location'), null);
  assert.equal(house.pages.at(-1)?.code, 'unknown-client');
});

for (const uri of [
  'https://evil.example/callback',
  'https://leantime.example.com/oidc/callback/',
  'https://leantime.example.com/oidc/callback?x=1',
  'http://leantime.example.com/oidc/callback',
])
  test(`the unregistered address ${uri} ends on a page, whatever else is wrong`, async () => {
    for (const changes of [{}, without, { scope: 'openid phone' }, { prompt: 'none' }]) {
      const response = await house.browser().go(authorizationPath({ redirect_uri: uri, ...changes }));
      assert.equal(response.status, 400);
      assert.equal(response.headers.get('location'), null);
      assert.equal(house.pages.at(-1)?.code, 'redirect-uri');
      assert.equal(house.pages.at(-1)?.back?.href, '/', 'the way onward is our own');
    }
  });

test('a parameter sent twice is refused', async () => {
  const response = await house.browser().go(`${authorizationPath()}&scope=openid`);
  const target = response.headers.get('location') ?? '';
  assert.ok(response.status === 400 || target.includes('error=invalid_request'));
});

test('the wrong authentication method is 401 invalid_client, and the log says which was sent and which is registered', async () => {
  const code =
    landing(await authorize(house.browser(), authorizationPath(), aliceAgrees)).searchParams.get('code') ?? '';
  const fields = { client_id: undefined, client_secret: undefined };
  const answer = await post(
    house,
    '/api/oidc/token',
    { grant_type: 'authorization_code', code, ...fields },
    { authorization: `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}` },
  );
  assert.equal(answer.status, 401);
  assert.equal(answer.body.error, 'invalid_client');
  const line = house.lines.at(-1);
  assert.equal(line?.cause, 'client-auth-method');
  assert.equal(line?.sent, 'client_secret_basic');
  assert.equal(line?.registered, 'client_secret_post');
  assert.equal((await exchange(house, code)).status, 200);
});

test('client_secret_post is refused where client_secret_basic is registered', async () => {
  const answer = await exchange(house, 'any', { client_id: 'basic' });
  assert.equal(answer.status, 401);
  assert.equal(house.lines.at(-1)?.registered, 'client_secret_basic');
});

test('a wrong secret, no secret and an unknown client are 401 invalid_client', async () => {
  for (const changes of [{ client_secret: 'wrong' }, { client_secret: undefined }, { client_id: 'nobody' }]) {
    const answer = await exchange(house, 'any', changes);
    assert.equal(answer.status, 401);
    assert.equal(answer.body.error, 'invalid_client');
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
  }
});

test('no secret, code, token or mail address is in the log', async () => {
  const code =
    landing(await authorize(house.browser(), authorizationPath(), aliceAgrees)).searchParams.get('code') ?? '';
  await exchange(house, code, { client_secret: 'wrong_secret_of_a_client' });
  await exchange(house, code);
  await exchange(house, code);
  const text = JSON.stringify(house.lines);
  for (const secret of ['insecure_secret', 'wrong_secret_of_a_client', code, 'alice@example.com'])
    assert.ok(!text.includes(secret), secret);
});

test('an absolute request target is refused before it can name its own host', async () => {
  const { request } = await import('node:http');
  const { port } = new URL(house.issuer);
  const status = await new Promise((resolve) => {
    request({ port, host: '127.0.0.1', path: `http://evil.example${authorizationPath()}` }, (res) => {
      res.resume();
      resolve(res.statusCode);
    }).end();
  });
  assert.equal(status, 400);
});

test('discovery names the issuer whatever host a request names', async () => {
  const response = await house
    .browser()
    .go('/.well-known/openid-configuration', { headers: { 'x-forwarded-host': 'evil.example' } });
  const body = await response.json();
  for (const [name, value] of Object.entries(body as object))
    if (name === 'issuer' || name.endsWith('_endpoint') || name === 'jwks_uri')
      assert.ok(String(value).startsWith(house.issuer), name);
});
