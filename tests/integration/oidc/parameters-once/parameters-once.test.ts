/** A parameter stands once, or two readers of one request could believe two things (RFC 6749 section 3.1). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import {
  authorizationPath,
  codeFor,
  exchange,
  userinfo,
  verifier,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { callback, guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      { ...guideClient, consent_mode: 'implicit' },
      { ...guideClient, client_id: 'other', consent_mode: 'implicit' },
    ],
  });
});
after(() => house.close());

const asAlice = { as: 'alice', factors: '2' } as const;
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

const repeats: readonly (readonly [name: string, value: string])[] = [
  ['client_id', 'other'],
  ['scope', 'openid'],
  ['state', 'another-state-of-length'],
  ['redirect_uri', 'https://evil.example.com/'],
  ['response_type', 'code'],
  ['prompt', 'none'],
  ['claims', '{}'],
  ['max_age', '1'],
  ['acr_values', 'one_factor'],
  ['nonce', 'a-nonce-of-length'],
  ['id_token_hint', 'x'],
  ['code_challenge', 'x'],
];

/** As it is asked, then once more with the copy: first and last reader differ. */
function twice(name: string, value: string): string {
  const path = authorizationPath();
  const query = new URLSearchParams(path.split('?')[1]);
  if (!query.has(name)) query.append(name, value);
  query.append(name, value);
  return String(query);
}

/** A POST is answered with the same request by GET. */
async function followed(browser: Browser, response: Response): Promise<Response> {
  const location = response.headers.get('location') ?? '';
  return location.startsWith('/api/oidc/') ? browser.go(location) : response;
}

/** A page, or an error at the registered address. Never a sign-in, and never the address of the copy. */
function assertRefused(response: Response, name: string): void {
  const location = response.headers.get('location');
  if (location === null) {
    assert.equal(response.status, 400, name);
    return;
  }
  assert.ok(location.startsWith(callback), `${name}: ${location}`);
  const answer = new URL(location).searchParams;
  assert.equal(answer.get('error'), 'invalid_request', name);
  assert.equal(answer.get('code'), null, name);
}

test('attack 42: a parameter of an authorization request that stands twice is refused, by GET and by POST', async () => {
  const browser = house.browser();
  await codeFor(browser, {}, asAlice);
  for (const [name, value] of repeats) {
    const body = twice(name, value);
    assertRefused(await browser.go(`/api/oidc/authorization?${body}`), name);
    const posted = await browser.go('/api/oidc/authorization', { method: 'POST', body, headers: formType });
    assertRefused(await followed(browser, posted), name);
  }
});

test('attack 42: a pushed request with a parameter twice is refused', async () => {
  const authorization = `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}`;
  for (const [name, value] of repeats) {
    const response = await send('pushed-authorization-request', twice(name, value), { authorization });
    assert.equal(response.status, 400, name);
  }
});

test('attack 42: a parameter of a token request that stands twice is refused, and the code stays unspent', async () => {
  const code = await codeFor(house.browser(), {}, asAlice);
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    client_id: 'leantime',
    client_secret: 'insecure_secret',
  };
  for (const [name, value] of Object.entries(fields)) {
    const body = new URLSearchParams(fields);
    body.append(name, value);
    const response = await send('token', String(body));
    assert.ok(response.status === 400 || response.status === 401, `${name}: ${response.status}`);
  }
  const { status, body } = await exchange(house, code);
  assert.equal(status, 200);
  assert.equal((await userinfo(house, body.access_token)).status, 200);
});

function send(endpoint: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/${endpoint}`;
  return fetch(url, { method: 'POST', body, headers: { ...formType, ...headers } });
}
