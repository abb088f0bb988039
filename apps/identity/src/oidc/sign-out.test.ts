import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { authorizationPath, claimsOf, codeFor, exchange, landing, userinfo } from './client.testing.ts';
import { type Browser, guideClient, type House, openHouse } from './house.testing.ts';

const home = 'https://leantime.example.com/';
let house: House;
const told: string[] = [];
const application = createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => {
    body += chunk;
  });
  req.on('end', () => {
    told.push(new URLSearchParams(body).get('logout_token') ?? '');
    res.end();
  });
});
before(async () => {
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  const { port } = application.address() as AddressInfo;
  house = await openHouse({
    clients: [
      { ...guideClient, consent_mode: 'implicit', post_logout_redirect_uris: [home] },
      {
        ...guideClient,
        client_id: 'told',
        consent_mode: 'implicit',
        backchannel_logout_uri: `http://app.localhost:${port}/told`,
        allow_private_network: true,
      },
    ],
  });
});
after(async () => {
  await house.close();
  application.close();
});

const signedIn = { as: 'alice', factors: '2' } as const;

async function signIn(browser: Browser) {
  return (await exchange(house, await codeFor(browser, {}, signedIn))).body;
}

async function confirm(browser: Browser, page: Response): Promise<Response> {
  const html = await page.text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
  return browser.go(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
}

test('an application signs a person out: asked, everything ended, back at the registered page', async () => {
  const browser = house.browser();
  const tokens = await signIn(browser);
  const query = new URLSearchParams({
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: home,
    state: 'a-state',
  });
  const page = await browser.go(`/api/oidc/logout?${query}`);
  assert.equal(page.status, 200);
  assert.ok(page.headers.get('content-security-policy'));
  const left = await confirm(browser, page);
  assert.equal(left.headers.get('location'), `${home}?state=a-state`);
  assert.equal(house.sessions.size, 0);
  assert.equal((await userinfo(house, tokens.access_token)).status, 401);
  const silent = landing(await browser.go(authorizationPath({ prompt: 'none' })));
  assert.equal(silent.searchParams.get('error'), 'login_required');
});

test('an unregistered page to go to is refused with a page, and nobody is signed out', async () => {
  const browser = house.browser();
  const tokens = await signIn(browser);
  const query = new URLSearchParams({
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: 'https://evil.example/',
  });
  const page = await browser.go(`/api/oidc/logout?${query}`);
  assert.equal(page.status, 400);
  assert.equal((await userinfo(house, tokens.access_token)).status, 200);
});

test('a confirmation that did not come from the page is refused', async () => {
  const browser = house.browser();
  const tokens = await signIn(browser);
  await browser.go('/api/oidc/logout');
  const body = new URLSearchParams({ xsrf: 'guessed', logout: 'yes' });
  assert.equal((await browser.go('/api/oidc/logout/confirm', { method: 'POST', body })).status, 400);
  assert.equal((await userinfo(house, tokens.access_token)).status, 200);
});

test('without parameters it ends on the page that says so', async () => {
  const browser = house.browser();
  await signIn(browser);
  const left = await confirm(browser, await browser.go('/api/oidc/logout'));
  const done = await browser.go(left.headers.get('location') ?? '');
  assert.match(await done.text(), /signed out/);
});

test('signing out tells an application that asked to be told', async () => {
  const browser = house.browser();
  const code = await codeFor(browser, { client_id: 'told' }, signedIn);
  const tokens = await exchange(house, code, { client_id: 'told' });
  const idToken = claimsOf(tokens.body.id_token);
  assert.ok(idToken.sid);
  await confirm(browser, await browser.go('/api/oidc/logout'));
  assert.equal(told.length, 1, JSON.stringify(house.lines.at(-1)));
  const logout = claimsOf(told[0]);
  assert.equal(logout.sid, idToken.sid);
  assert.equal(logout.sub, idToken.sub);
});
