import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { authorizationPath, authorize, claimsOf, codeFor, exchange, landing, post, state } from './client.testing.ts';
import { callback, guideClient, type House, openHouse } from './house.testing.ts';

const client = { ...guideClient, consent_mode: 'implicit' as const };
const signedIn = { as: 'alice', factors: '2' } as const;
const basic = (id: string) => ({ authorization: `Basic ${Buffer.from(`${id}:insecure_secret`).toString('base64')}` });

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      client,
      { ...client, client_id: 'hybrid', response_types: ['code', 'id_token', 'code id_token'] },
      {
        ...client,
        client_id: 'machine',
        response_types: [],
        redirect_uris: [],
        grant_types: ['client_credentials'],
        scopes: ['reports'],
        authorization_policy: 'one_factor',
      },
      { ...client, client_id: 'spa', public: true, client_secret: undefined, token_endpoint_auth_method: 'none' },
      { ...client, client_id: 'native', redirect_uris: ['http://127.0.0.1/done', 'com.example.app:/done', callback] },
      { ...client, client_id: 'signed', userinfo_signed_response_alg: 'RS256' },
    ],
    oidc: { cors: { endpoints: ['token', 'userinfo'], allowed_origins: ['https://spa.example.com'] } },
  });
});
after(() => house.close());

test('a POST to the authorization endpoint becomes the same request by GET', async () => {
  const browser = house.browser();
  const [path = '', query = ''] = authorizationPath().split('?');
  const posted = await browser.go(path, { method: 'POST', body: new URLSearchParams(query) });
  assert.equal(posted.status, 303);
  const code = landing(await authorize(browser, posted.headers.get('location') ?? '', signedIn)).searchParams.get(
    'code',
  );
  assert.equal((await exchange(house, code ?? '')).status, 200);
});

test('a POST that is too large, or no form, is refused', async () => {
  const browser = house.browser();
  const large = await browser.go('/api/oidc/authorization', {
    method: 'POST',
    body: new URLSearchParams({ x: 'x'.repeat(20_000) }),
  });
  assert.equal(large.status, 413);
  const json = await browser.go('/api/oidc/authorization', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(json.status, 415);
});

test('a caller who hangs up in the middle of a form is no failure of ours', async () => {
  const before = house.lines.length;
  const socket = connect(Number(new URL(house.issuer).port), '127.0.0.1');
  const head = ['POST /api/oidc/authorization HTTP/1.1', 'Host: auth.localhost', 'Content-Length: 50'];
  socket.end(`${[...head, 'Content-Type: application/x-www-form-urlencoded'].join('\r\n')}\r\n\r\nabc`);
  socket.resume();
  await once(socket, 'close');
  await house.browser().go('/jwks.json');
  assert.deepEqual(
    house.lines.slice(before).filter(({ level }) => level === 'error'),
    [],
  );
});

test('form_post answers with a page whose only script is named by its digest', async () => {
  const response = await authorize(house.browser(), authorizationPath({ response_mode: 'form_post' }), signedIn);
  assert.equal(response.status, 200);
  const html = await response.text();
  assert.match(html, /name="code"/);
  assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'sha256-/);
});

test('a response mode that is not registered ends on a page', async () => {
  const response = await house.browser().go(authorizationPath({ response_mode: 'fragment' }));
  assert.equal(response.status, 400);
  assert.equal(house.pages.at(-1)?.code, 'response-mode');
});

test('implicit and hybrid answers come in the fragment; the lone ID token holds what the scopes give', async () => {
  const nonce = 'long-enough-nonce';
  const only = landing(
    await authorize(
      house.browser(),
      authorizationPath({ client_id: 'hybrid', response_type: 'id_token', nonce }),
      signedIn,
    ),
  );
  const claims = claimsOf(new URLSearchParams(only.hash.slice(1)).get('id_token') ?? '');
  assert.equal(claims.email, 'alice@example.com');
  const both = landing(
    await authorize(
      house.browser(),
      authorizationPath({ client_id: 'hybrid', response_type: 'code id_token', nonce }),
      signedIn,
    ),
  );
  const answer = new URLSearchParams(both.hash.slice(1));
  assert.ok(answer.get('code'));
  const hybrid = claimsOf(answer.get('id_token') ?? '');
  assert.ok(hybrid.c_hash);
  assert.equal(hybrid.email, undefined);
});

test('a pushed request is used once', async () => {
  const [, query = ''] = authorizationPath().split('?');
  const fields = Object.fromEntries(new URLSearchParams(query));
  const authorization = basic('leantime');
  const pushed = await post(house, '/api/oidc/pushed-authorization-request', fields, authorization);
  assert.equal(pushed.status, 201, JSON.stringify(pushed.body));
  const path = `/api/oidc/authorization?${new URLSearchParams({ client_id: 'leantime', request_uri: pushed.body.request_uri ?? '' })}`;
  const browser = house.browser();
  const url = landing(await authorize(browser, path, signedIn));
  assert.ok(url.searchParams.get('code'));
  assert.equal(url.searchParams.get('state'), state);
  const again = await browser.go(path);
  assert.ok(again.status === 400 || !landing(again).searchParams.get('code'));
});

test('a machine gets a token for itself, without openid and without refresh', async () => {
  const fields = { grant_type: 'client_credentials', client_id: 'machine', client_secret: 'insecure_secret' };
  const answer = await post(house, '/api/oidc/token', { ...fields, scope: 'reports' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body.id_token, undefined);
  assert.equal(answer.body.refresh_token, undefined);
  assert.equal((await post(house, '/api/oidc/token', { ...fields, scope: 'openid' })).status, 400);
  assert.equal((await post(house, '/api/oidc/token', { ...fields, client_id: 'leantime' })).status, 400);
});

test('a public client needs PKCE and no secret, and may not bring one', async () => {
  const none = { client_id: 'spa', client_secret: undefined };
  assert.equal(
    (await exchange(house, await codeFor(house.browser(), { client_id: 'spa' }, signedIn), none)).status,
    200,
  );
  const code = await codeFor(house.browser(), { client_id: 'spa' }, signedIn);
  assert.equal((await exchange(house, code, { client_id: 'spa' })).status, 401);
});

test('a native application is served on its scheme and on any port of its loopback address', async () => {
  for (const redirect_uri of ['com.example.app:/done', 'http://127.0.0.1:53123/done', callback]) {
    const code = await codeFor(house.browser(), { client_id: 'native', redirect_uri }, signedIn);
    assert.equal((await exchange(house, code, { client_id: 'native', redirect_uri })).status, 200);
  }
});

test('userinfo is signed for a client that asks for it, and answers POST as well as GET', async () => {
  const tokens = await exchange(house, await codeFor(house.browser(), { client_id: 'signed' }, signedIn), {
    client_id: 'signed',
  });
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/userinfo`;
  const token = tokens.body.access_token ?? '';
  const byHeader = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  assert.match(byHeader.headers.get('content-type') ?? '', /application\/jwt/);
  assert.equal(claimsOf(await byHeader.text()).email, 'alice@example.com');
  const byBody = await fetch(url, { method: 'POST', body: new URLSearchParams({ access_token: token }) });
  assert.equal(byBody.status, 200);
  assert.match(byBody.headers.get('cache-control') ?? '', /no-store/);
});

test('only public documents are readable by every origin; nothing else is reflected', async () => {
  const browser = house.browser();
  const evil = { headers: { origin: 'https://evil.example' } };
  for (const path of ['/jwks.json', '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
    const response = await browser.go(path, evil);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  }
  for (const path of ['/api/oidc/token', '/api/oidc/userinfo', '/api/oidc/introspection', '/api/oidc/revocation']) {
    for (const init of [
      { method: 'POST', ...evil },
      { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } },
      { method: 'OPTIONS', headers: { origin: 'null', 'access-control-request-method': 'POST' } },
    ]) {
      const response = await browser.go(path, init);
      assert.equal(response.headers.get('access-control-allow-origin'), null, `${init.method} ${path}`);
      assert.equal(response.headers.get('access-control-allow-credentials'), null);
    }
  }
});

test('a listed origin may read the listed endpoints', async () => {
  const headers = { origin: 'https://spa.example.com', 'access-control-request-method': 'POST' };
  const listed = await house.browser().go('/api/oidc/token', { method: 'OPTIONS', headers });
  assert.equal(listed.headers.get('access-control-allow-origin'), 'https://spa.example.com');
  const other = await house.browser().go('/api/oidc/introspection', { method: 'OPTIONS', headers });
  assert.equal(other.headers.get('access-control-allow-origin'), null);
});

test('discovery offers nothing that is not there', async () => {
  const browser = house.browser();
  const body = (await (await browser.go('/.well-known/openid-configuration')).json()) as Record<string, unknown>;
  assert.equal(body.registration_endpoint, undefined);
  assert.deepEqual(body.code_challenge_methods_supported, ['S256']);
  assert.equal(body.end_session_endpoint, `${house.issuer}/api/oidc/logout`);
  const jwks = (await (await browser.go('/jwks.json')).json()) as { keys: Record<string, string>[] };
  assert.match(jwks.keys[0]?.kid ?? '', /^[0-9a-f]{6}-rs256$/);
  assert.equal(jwks.keys[0]?.d, undefined);
});
