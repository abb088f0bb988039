/**
 * Signing out at an application's wish. The modules of the OpenID Foundation's plan stand here under their names
 * (`oidcc-rp-initiated-logout-…`), walked by a browser without script.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import { authorizationPath, codeFor, landing, userinfo } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { asAlice, confirm, home, logoutPath, signIn } from '../sign-out.testing.ts';

let house: House;
before(async () => {
  const client = { ...guideClient, consent_mode: 'implicit' as const, post_logout_redirect_uris: [home] };
  house = await openHouse({
    clients: [
      { ...client, post_logout_redirect_uris: [home, `${home}?from=here`] },
      { ...client, client_id: 'other' },
      { ...client, client_id: 'pairwise', sector_identifier_uri: 'https://sector.example.com/uris.json' },
    ],
  });
});
after(() => house.close());

async function isSignedIn(browser: Browser): Promise<boolean> {
  const silent = landing(await browser.go(authorizationPath({ prompt: 'none' })));
  return silent.searchParams.has('code');
}

async function isRefused(browser: Browser, page: Response): Promise<void> {
  assert.equal(page.status, 400);
  assert.equal(page.headers.get('location'), null);
  assert.match(await page.text(), /<h1>The request to sign out is not right<\/h1>/);
  assert.ok(await isSignedIn(browser));
}

/** Ends on the page that says so, and nowhere else. */
async function endsHere(browser: Browser, left: Response): Promise<void> {
  assert.equal(left.status, 303);
  const target = left.headers.get('location') ?? '';
  assert.equal(new URL(target, house.issuer).origin, house.issuer);
  assert.match(await (await browser.go(target)).text(), /You are signed out/);
  assert.ok(!(await isSignedIn(browser)));
}

test('discovery: the endpoint and the ways of telling applications are named', async () => {
  const answer = await house.browser().go('/.well-known/openid-configuration');
  const document = (await answer.json()) as Record<string, unknown>;
  assert.equal(document.end_session_endpoint, `${house.issuer}/api/oidc/logout`);
  for (const way of ['backchannel', 'frontchannel'])
    for (const part of ['logout_supported', 'logout_session_supported'])
      assert.equal(document[`${way}_${part}`], true, `${way}_${part}`);
});

test('happy: with an ID token of the person who is here nobody is asked, everything ends, and the state comes back', async () => {
  const browser = house.browser();
  const tokens = await signIn(house, browser);
  const path = logoutPath({ id_token_hint: tokens.id_token, post_logout_redirect_uri: home, state: 'a-state' });
  const left = await browser.go(path);
  assert.equal(left.status, 303);
  assert.equal(left.headers.get('location'), `${home}?state=a-state`);
  assert.equal((await userinfo(house, tokens.access_token)).status, 401);
  assert.ok(!(await isSignedIn(browser)));
});

test('happy, by POST: a form of the application does the same', async () => {
  const browser = house.browser();
  const tokens = await signIn(house, browser);
  const fields = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: home, state: 'a-state' };
  const turned = await browser.go('/api/oidc/logout', { method: 'POST', body: new URLSearchParams(fields) });
  assert.equal(turned.status, 303);
  const left = await browser.go(turned.headers.get('location') ?? '');
  assert.equal(left.headers.get('location'), `${home}?state=a-state`);
  assert.ok(!(await isSignedIn(browser)));
});

test('the state goes behind a query that the registered address has', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  const uri = `${home}?from=here`;
  const left = await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: uri, state: 'a&b' }));
  assert.equal(left.headers.get('location'), `${uri}&state=a%26b`);
});

test('bad-post-logout-redirect-uri: an address that is not registered is refused with a page', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  for (const uri of ['https://evil.example/', 'https://leantime.example.com', `${home}more`, home.toUpperCase()])
    await isRefused(browser, await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: uri })));
});

test('query-added-to-post-logout-redirect-uri: an added query makes it another address', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  const uri = `${home}?foo=bar`;
  await isRefused(browser, await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: uri })));
});

test('modified-id-token-hint: a token that was changed is refused with a page', async () => {
  const browser = house.browser();
  const { id_token = '' } = await signIn(house, browser);
  const [header, , signature] = id_token.split('.');
  const claims = JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, extra: 1 })).toString('base64url');
  const hint = `${header}.${changed}.${signature}`;
  await isRefused(browser, await browser.go(logoutPath({ id_token_hint: hint, post_logout_redirect_uri: home })));
});

test('bad-id-token-hint: what is no token is refused with a page', async () => {
  const browser = house.browser();
  await signIn(house, browser);
  await isRefused(browser, await browser.go(logoutPath({ id_token_hint: 'bad', post_logout_redirect_uri: home })));
});

test('no-id-token-hint: the person is asked, and nothing leads to the application', async () => {
  const browser = house.browser();
  await signIn(house, browser);
  const page = await browser.go(logoutPath({ post_logout_redirect_uri: home, state: 'a-state' }));
  assert.equal(page.status, 200);
  assert.ok(await isSignedIn(browser));
  await endsHere(browser, await confirm(browser, page));
});

test('no-params: the person is asked, and it ends on the page that says so', async () => {
  const browser = house.browser();
  await signIn(house, browser);
  await endsHere(browser, await confirm(browser, await browser.go('/api/oidc/logout')));
});

test('only-state: a state alone changes nothing', async () => {
  const browser = house.browser();
  await signIn(house, browser);
  await endsHere(browser, await confirm(browser, await browser.go(logoutPath({ state: 'a-state' }))));
});

test('no-post-logout-redirect-uri: without an address it ends on the page that says so', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  await endsHere(browser, await browser.go(logoutPath({ id_token_hint: id_token, state: 'a-state' })));
});

test('no-state: without a state the address is led to as it is', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  const left = await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: home }));
  assert.equal(left.headers.get('location'), home);
});

test('a client that names itself without a token asks the person, and leads back to its registered address', async () => {
  const browser = house.browser();
  await signIn(house, browser);
  const page = await browser.go(logoutPath({ client_id: 'leantime', post_logout_redirect_uri: home, state: 's' }));
  assert.equal(page.status, 200);
  assert.equal((await confirm(browser, page)).headers.get('location'), `${home}?state=s`);
});

test('a client_id that is not the token’s is refused with a page', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  await isRefused(browser, await browser.go(logoutPath({ id_token_hint: id_token, client_id: 'other' })));
});

test('an ID token that has expired is still a hint', async (t) => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * 3_600_000 });
  const left = await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: home }));
  assert.equal(left.headers.get('location'), home);
});

test('a person known by another name at the application is recognised by it', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser, 'pairwise');
  const left = await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: home }));
  assert.equal(left.headers.get('location'), home);
});

test('with nobody here nobody is asked, and the browser goes where it was to go', async () => {
  const gone = house.browser();
  const { id_token } = await signIn(house, gone);
  const stranger = house.browser();
  const left = await stranger.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: home, state: 's' }));
  assert.equal(left.headers.get('location'), `${home}?state=s`);
  assert.ok(await isSignedIn(gone));
  const done = await stranger.go('/api/oidc/logout');
  assert.match(await (await stranger.go(done.headers.get('location') ?? '')).text(), /You are signed out/);
});

test('attack 45: a token of somebody else signs nobody out unasked', async () => {
  const bob = await signIn(house, house.browser(), 'leantime', { as: 'bob', factors: '2' });
  const browser = house.browser();
  await signIn(house, browser);
  const page = await browser.go(logoutPath({ id_token_hint: bob.id_token, post_logout_redirect_uri: home }));
  assert.equal(page.status, 200);
  assert.match(await page.text(), /name="logout"/);
  assert.ok(await isSignedIn(browser));
});

test('attack 45: a token for an application that this browser never signed in to signs nobody out unasked', async () => {
  const elsewhere = await signIn(house, house.browser(), 'other');
  const browser = house.browser();
  await signIn(house, browser);
  const page = await browser.go(logoutPath({ id_token_hint: elsewhere.id_token }));
  assert.equal(page.status, 200);
  assert.ok(await isSignedIn(browser));
});

test('attack 45: a link, a picture or a form of another site signs nobody out unasked', async () => {
  const browser = house.browser();
  const tokens = await signIn(house, browser);
  await browser.go('/api/oidc/logout');
  await browser.go('/api/oidc/logout', { method: 'POST', body: new URLSearchParams({ logout: 'yes' }) });
  const guessed = new URLSearchParams({ xsrf: 'guessed', logout: 'yes' });
  assert.equal((await browser.go('/api/oidc/logout/confirm', { method: 'POST', body: guessed })).status, 400);
  assert.equal((await browser.go('/api/oidc/logout/confirm')).status, 404);
  assert.equal((await userinfo(house, tokens.access_token)).status, 200);
  assert.ok(await isSignedIn(browser));
});

test('attack 45: an access token is no hint', async () => {
  const browser = house.browser();
  const { access_token } = await signIn(house, browser);
  await isRefused(browser, await browser.go(logoutPath({ id_token_hint: access_token })));
});

test('a hint of the same person still counts after they signed in anew in the same browser', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser);
  browser.forget('portal');
  await codeFor(browser, {}, asAlice);
  const left = await browser.go(logoutPath({ id_token_hint: id_token, post_logout_redirect_uri: home }));
  assert.equal(left.headers.get('location'), home);
});
