/** Only a registered address is ever redirected to, and the difference of any other is told to administrators. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  landing,
  type Params,
  post,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const registered = 'https://app.example.com/callback';
const native = 'http://127.0.0.1/callback';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      { ...guideClient, client_id: 'app', redirect_uris: [registered] },
      { ...guideClient, client_id: 'native', redirect_uris: [native, 'http://localhost:3000/callback'] },
      {
        ...guideClient,
        client_id: 'pattern',
        redirect_uris: ['https://*.example.com/callback', 'https://a.example.com/.*'],
      },
      {
        ...guideClient,
        client_id: 'pushing',
        redirect_uris: [registered],
        pushed_authorization_request_endpoint_auth_method: 'client_secret_post',
      },
      {
        ...guideClient,
        client_id: 'machine',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      },
      { client_id: 'device', public: true, grant_types: ['urn:ietf:params:oauth:grant-type:device_code'] },
    ],
  });
});
after(() => house.close());

const hostile: readonly [kind: string, uri: string][] = [
  ['a user name', 'https://app.example.com@evil.example/callback'],
  ['a user name of the right host', 'https://evil.example@app.example.com/callback'],
  ['a fragment', `${registered}#evil`],
  ['a fragment before the host', 'https://evil.example#app.example.com/callback'],
  ['a backslash', 'https://evil.example\\@app.example.com/callback'],
  ['a backslash in the path', 'https://app.example.com\\callback'],
  ['a zero byte', `${registered}%00`],
  ['a raw zero byte', `${registered}\u0000`],
  ['dots', 'https://app.example.com/x/../callback'],
  ['encoded dots', 'https://app.example.com/x/%2e%2e/callback'],
  ['an encoded slash', 'https://app.example.com%2Fcallback'],
  ['a host in capitals', 'https://APP.example.com/callback'],
  ['a scheme in capitals', 'HTTPS://app.example.com/callback'],
  ['an extra port', 'https://app.example.com:8443/callback'],
  ['the default port', 'https://app.example.com:443/callback'],
  ['a subdomain', 'https://evil.app.example.com/callback'],
  ['a longer host', 'https://app.example.com.evil.example/callback'],
  ['a trailing slash', `${registered}/`],
  ['a path behind it', `${registered}/evil`],
  ['a path that begins alike', `${registered}evil`],
  ['a query', `${registered}?next=https://evil.example`],
  ['an empty query', `${registered}?`],
  ['a blank before it', ` ${registered}`],
  ['a line break behind it', `${registered}\n`],
  ['another scheme', 'http://app.example.com/callback'],
  ['javascript', 'javascript:alert(1)'],
  ['data', 'data:text/html,evil'],
  ['no scheme', '//app.example.com/callback'],
  ['a path alone', '/callback'],
  ['two addresses', `${registered} https://evil.example`],
];

async function assertNotRedirected(path: string): Promise<void> {
  for (const each of [path, `${path}&prompt=none`]) {
    const response = await house.browser().go(each);
    assert.equal(response.status, 400);
    assert.equal(response.headers.get('location'), null);
    assert.doesNotMatch(house.pages.at(-1)?.back?.href ?? '', /evil|^https?:/, 'no way onward but our own');
  }
}

for (const [kind, uri] of hostile)
  test(`attack 31: an address with ${kind} is never redirected to`, async () => {
    await assertNotRedirected(authorizationPath({ client_id: 'app', redirect_uri: uri }));
    const [refusal] = await house.refusals();
    assert.equal(refusal?.cause, 'redirect-uri');
  });

test('attack 31: an address sent twice, or as a list, leads to the registered one or nowhere', async () => {
  const evil = encodeURIComponent('https://evil.example/');
  const twice = `${authorizationPath({ client_id: 'app', redirect_uri: registered })}&redirect_uri=${evil}`;
  const target = landing(await house.browser().go(twice));
  assert.equal(target.origin + target.pathname, registered);
  assert.equal(target.searchParams.get('error'), 'invalid_request');
  // Parameters of other names are none, so what counts is the one registered address.
  for (const name of ['redirect_uri[]', 'redirect_uri[0]', 'REDIRECT_URI']) {
    const path = `${authorizationPath({ client_id: 'app', redirect_uri: undefined })}&${name}=${evil}`;
    const answer = landing(await authorize(house.browser(), path, aliceAgrees));
    assert.equal(answer.origin + answer.pathname, registered);
    await assertNotRedirected(`${authorizationPath({ client_id: 'native', redirect_uri: undefined })}&${name}=${evil}`);
  }
});

test('attack 31: localhost and 127.0.0.1 are two hosts, and only an address of digits may differ in its port', async () => {
  const ask = (uri: string) => authorizationPath({ client_id: 'native', redirect_uri: uri });
  for (const uri of [
    'http://localhost/callback',
    'http://localhost:4000/callback',
    'http://[::1]/callback',
    'http://127.0.0.2/callback',
    'http://127.0.0.1:8080/other',
    'https://127.0.0.1:8080/callback',
    'http://127.0.0.1:8080@evil.example/callback',
  ])
    await assertNotRedirected(ask(uri));
  for (const uri of [native, 'http://127.0.0.1:51004/callback', 'http://localhost:3000/callback']) {
    const target = landing(await authorize(house.browser(), ask(uri), aliceAgrees));
    assert.ok(target.href.startsWith(uri), target.href);
    assert.ok(target.searchParams.get('code'));
  }
});

test('attack 32: a registered address is a text and no pattern', async () => {
  for (const uri of [
    'https://evil.example.com/callback',
    'https://a.example.com/anything',
    'https://aXexample.com/callback',
  ])
    await assertNotRedirected(authorizationPath({ client_id: 'pattern', redirect_uri: uri }));
  const dots = 'https://appXexample.com/callback';
  await assertNotRedirected(authorizationPath({ client_id: 'app', redirect_uri: dots }));
});

test('the registered address itself is redirected to', async () => {
  const path = authorizationPath({ client_id: 'app', redirect_uri: registered });
  const target = landing(await authorize(house.browser(), path, aliceAgrees));
  assert.equal(target.origin + target.pathname, registered);
});

test('attack 31: a pushed request is held to the same addresses', async () => {
  const fields: Params = {
    client_id: 'pushing',
    client_secret: 'insecure_secret',
    response_type: 'code',
    scope: 'openid',
    state: 'a-state-of-enough-characters',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
  };
  const push = (uri: string) => post(house, '/api/oidc/pushed-authorization-request', { ...fields, redirect_uri: uri });
  assert.equal((await push(registered)).status, 201);
  const answer = await push(`${registered}/`);
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error, 'invalid_request');
  const [refusal] = await house.refusals();
  assert.deepEqual([refusal?.cause, refusal?.endpoint], ['redirect-uri', 'pushed_authorization_request']);
});

test('an administrator sees the nearest address with the difference marked, and a line to write for a host of theirs', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath({ client_id: 'app', redirect_uri: registered }), aliceAgrees);
  await browser.go(authorizationPath({ client_id: 'app', redirect_uri: `${registered}/` }));
  const diagnosis = house.pages.at(-1)?.diagnosis;
  assert.deepEqual(diagnosis?.sent, [{ text: registered }, { text: '/', differs: true }]);
  assert.deepEqual(diagnosis?.registered, [{ text: registered }]);
  assert.equal(diagnosis?.write, `- '${registered}/'`);
  assert.match(diagnosis?.setting?.key ?? '', /redirect_uris$/);
});

test('nobody is told to register an address on a host that is not theirs', async () => {
  const browser = house.browser();
  await authorize(browser, authorizationPath({ client_id: 'app', redirect_uri: registered }), aliceAgrees);
  await browser.go(authorizationPath({ client_id: 'app', redirect_uri: 'https://evil.example/callback' }));
  const diagnosis = house.pages.at(-1)?.diagnosis;
  assert.equal(diagnosis?.write, undefined);
  assert.match(diagnosis?.todo ?? '', /only if that host is yours/);
});

for (const [what, changes] of Object.entries<Params>({
  'a machine': { client_id: 'machine', scope: 'openid' },
  'a device': { client_id: 'device', scope: 'openid' },
  'an application with two addresses, with a wrong response type': { client_id: 'native', response_type: 'token' },
  'an application with two addresses, with a wrong response mode': { client_id: 'native', response_mode: 'query.jwt' },
}))
  test(`${what} that names no address is answered with a page that leads to none`, async () => {
    const response = await house.browser().go(authorizationPath({ ...changes, redirect_uri: undefined }));
    assert.equal(response.status, 400);
    const page = house.pages.at(-1);
    assert.equal(page?.code, 'invalid-request');
    assert.equal(page?.back?.href, '/');
    assert.ok(page?.reference);
  });
