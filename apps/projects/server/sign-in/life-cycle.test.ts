/** From the first click to the last: state, errors, where it leads, sessions, signing out. One test a fact. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, assertSignedIn, openHouse } from './sign-in.suite.ts';

test('attack 53: an answer fits the browser and the sign-in that asked for it, once, and within half an hour', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t);
  const [alice, mallory] = [somebody(), somebody()];

  provider.behaviour = { answer: (honest) => ({ ...honest, state: 'forged' }) };
  await assertRefused(alice, await alice.signIn(), 'transaction-missing');
  provider.behaviour = {};

  const atProvider = await alice.visit(`${workspace.url}/oidc/login`, { follow: false });
  const answered = await alice.visit(atProvider.headers.get('location') ?? '', { follow: false });
  const callback = answered.headers.get('location') ?? '';
  await assertRefused(mallory, await mallory.visit(callback), 'transaction-missing');
  const cookies = new Map(alice.cookies(new URL(workspace.url).host));
  await assertSignedIn(alice, await alice.visit(callback));

  const replaying = somebody();
  for (const [name, value] of cookies) replaying.cookies(new URL(workspace.url).host).set(name, value);
  await assertRefused(replaying, await replaying.visit(callback), 'transaction-used');
  assert.equal(provider.seen.tokens.length, 1, 'the code was exchanged once');

  const late = somebody();
  const start = await late.visit(`${workspace.url}/oidc/login`, { follow: false });
  workspace.clock.aheadMs = 31 * 60_000;
  await assertRefused(late, await late.visit(start.headers.get('location') ?? ''), 'transaction-missing');
});

test('of fifty answers at once with one code, one signs in', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t);
  const alice = somebody();
  const start = await alice.visit(`${workspace.url}/oidc/login`, { follow: false });
  const answered = await alice.visit(start.headers.get('location') ?? '', { follow: false });
  const callback = answered.headers.get('location') ?? '';
  const { host } = new URL(workspace.url);
  const everybody = Array.from({ length: 50 }, () => {
    const person = somebody();
    for (const [name, value] of alice.cookies(host)) person.cookies(host).set(name, value);
    return person;
  });
  const seen = await Promise.all(everybody.map((person) => person.visit(callback, { follow: false })));
  assert.equal(seen.filter(({ status }) => status === 303).length, 1);
  assert.equal(provider.seen.tokens.length, 1);
});

test('a provider that is down behind its proxy is told as such, and signs in once it is back', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  for (const path of ['/.well-known/openid-configuration', '/token']) {
    provider.behaviour = { outage: [path] };
    const seen = await alice.signIn('/p/WEB');
    await assertRefused(alice, seen, 'provider-unreachable');
    assert.equal(seen.status, 502);
    assert.match(seen.text, /href="\/oidc\/login\?to=%2Fp%2FWEB"/, 'the way on leads where one wanted to go');
  }
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
});

test('who may not in can sign in as somebody else, and still gets where they wanted to go', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t, () => ({ LEAN_OIDC_REQUIRED_GROUP: 'team' }));
  const person = somebody();
  const seen = await person.signIn('/p/WEB');
  await assertRefused(person, seen, 'group-missing');
  const onward = /class="button" href="([^"]*)"/.exec(seen.text)?.[1]?.replaceAll('&amp;', '&');
  assert.equal(onward, '/oidc/login?other&to=%2Fp%2FWEB');
  provider.account = { ...provider.account, sub: 'bob-1', email: 'bob@example.com', groups: ['team'] };
  const arrived = await person.visit(new URL(onward, workspace.url).href);
  assert.deepEqual(
    provider.seen.authorizations.map((asked) => asked.get('prompt')),
    [null, 'login'],
  );
  assert.equal(arrived.url.pathname, '/p/WEB');
});

test('several tabs sign in at once, each to its own page', async (t) => {
  const { workspace, somebody } = await openHouse(t);
  const alice = somebody();
  const starts = await Promise.all(
    ['/p/ONE', '/p/TWO', '/p/THREE'].map((to) =>
      alice.visit(`${workspace.url}/oidc/login?to=${encodeURIComponent(to)}`, { follow: false }),
    ),
  );
  const ends = [];
  for (const start of starts.reverse()) ends.push(await alice.visit(start.headers.get('location') ?? ''));
  assert.deepEqual(
    ends.map(({ url }) => url.pathname),
    ['/p/THREE', '/p/TWO', '/p/ONE'],
  );
  const names = [...alice.cookies(new URL(workspace.url).host).keys()];
  assert.deepEqual(names, ['projects_session'], 'no cookie of a finished sign-in stays');
});

test('a pending sign-in is one cookie that page scripts cannot read, and many of them make room', async (t) => {
  const { workspace, somebody } = await openHouse(t);
  const alice = somebody();
  const seen = await alice.visit(`${workspace.url}/oidc/login`, { follow: false });
  const [cookie = '', ...others] = seen.headers.getSetCookie();
  assert.deepEqual(others, []);
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Lax/);
  assert.match(cookie, /Path=\//);
  for (let tab = 0; tab < 20; tab++) await alice.visit(`${workspace.url}/oidc/login`, { follow: false });
  assert.ok(alice.cookies(new URL(workspace.url).host).size <= 8);
});

test('every error of the provider has a page, with its words escaped and no link of its own', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  const headings = new Set<string>();
  for (const error of ['access_denied', 'login_required', 'temporarily_unavailable', 'server_error', 'invented<b>']) {
    provider.behaviour = {
      answer: ({ code: _, ...honest }) => ({
        ...honest,
        error,
        error_description: '<script>alert(1)</script>',
        error_uri: 'https://evil.example.com/help',
      }),
    };
    const seen = await alice.signIn();
    await assertRefused(alice, seen, 'provider-refused');
    assert.doesNotMatch(seen.text, /<script|invented<b>|evil\.example\.com/);
    assert.match(seen.text, /&lt;script&gt;/);
    assert.match(seen.text, /href="\/oidc\/login"/);
    headings.add(/<h1>([^<]*)/.exec(seen.text)?.[1] ?? '');
  }
  assert.equal(headings.size, 5);
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
});

test('a refused exchange shows the error and its cure, and neither page nor log holds a secret', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t);
  const alice = somebody();
  provider.behaviour = {
    tokenStatus: 401,
    tokens: () => ({
      error: 'invalid_client',
      error_description: '<img src=x>',
      access_token: 'leaked-token',
      client_secret: 'a-secret-of-the-client',
    }),
  };
  const seen = await alice.signIn();
  await assertRefused(alice, seen, 'exchange-refused');
  assert.match(seen.text, /invalid_client/);
  assert.match(seen.text, /LEAN_OIDC_CLIENT_SECRET/);
  assert.doesNotMatch(seen.text, /<img|leaked-token|a-secret-of-the-client/);
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
  const log = workspace.log.join('');
  const [, exchange] = provider.seen.tokens;
  for (const secret of [
    'leaked-token',
    'a-secret-of-the-client',
    'alice@example.com',
    exchange?.body.get('code') ?? '?',
    exchange?.body.get('code_verifier') ?? '?',
    provider.seen.idTokens[0] ?? '?',
    alice.sessionId() ?? '?',
  ])
    assert.ok(!log.includes(secret), `the log holds ${secret}`);
});

test('the session id is new after every sign-in, and one put there before is never taken over', async (t) => {
  const { workspace, somebody } = await openHouse(t);
  const [alice, mallory] = [somebody(), somebody()];
  const { host } = new URL(workspace.url);
  const planted = 'A'.repeat(43);
  alice.cookies(host).set('projects_session', planted);
  await alice.signIn();
  const first = alice.sessionId();
  assert.notEqual(first, planted);
  await alice.signIn();
  const second = alice.sessionId();
  assert.notEqual(second, first);
  for (const id of [planted, first ?? '']) {
    mallory.cookies(host).set('projects_session', id);
    assert.equal(await mallory.whoAmI(), undefined, 'an earlier id opens nothing');
  }
  assert.equal(await alice.whoAmI(), 'Alice Example');
});

test('signing out ends the session here and leads to the provider, which ends its own', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t);
  const alice = somebody();
  await alice.signIn();
  const id = alice.sessionId() ?? '';
  const leaving = await alice.visit(`${workspace.url}/auth/logout`, {
    method: 'POST',
    headers: { origin: workspace.url },
    follow: false,
  });
  assert.equal(leaving.headers.get('clear-site-data'), '"cache"', 'what was seen is not for the next person');
  const end = new URL(leaving.headers.get('location') ?? '');
  assert.equal(end.origin + end.pathname, `${provider.issuer}/end`);
  assert.equal(end.searchParams.get('id_token_hint'), provider.seen.idTokens[0]);
  assert.equal(
    end.searchParams.get('post_logout_redirect_uri'),
    null,
    'a provider refuses an address it does not know',
  );
  alice.cookies(new URL(workspace.url).host).set('projects_session', id);
  assert.equal(await alice.whoAmI(), undefined, 'the old id is worth nothing');
});

test('signing out comes back to the address that is configured for it', async (t) => {
  const back = 'http://projects.localhost/after';
  const { somebody, workspace } = await openHouse(t, () => ({ LEAN_OIDC_POST_LOGOUT_URL: back }));
  const alice = somebody();
  await alice.signIn();
  const leaving = await alice.visit(`${workspace.url}/auth/logout`, {
    method: 'POST',
    headers: { origin: workspace.url },
    follow: false,
  });
  const end = new URL(leaving.headers.get('location') ?? '');
  assert.equal(end.searchParams.get('post_logout_redirect_uri'), back);
});

test('where the provider offers no end-session endpoint, signing out ends here', async (t) => {
  const { provider, somebody } = await openHouse(t);
  provider.behaviour = { discovery: ({ end_session_endpoint: _, ...metadata }) => metadata };
  const alice = somebody();
  await alice.signIn();
  assert.match((await alice.signOut()).text, /You are signed out/);
  assert.equal(await alice.whoAmI(), undefined);
});

test('signing out by GET only asks, and a POST from another site is refused', async (t) => {
  const { workspace, somebody } = await openHouse(t);
  const alice = somebody();
  await alice.signIn();
  const asked = await alice.visit(`${workspace.url}/auth/logout`);
  assert.match(asked.text, /<form[^>]*method="post"/);
  for (const headers of [
    {},
    { origin: 'https://evil.example.com' },
    { origin: workspace.url, 'sec-fetch-site': 'cross-site' },
  ]) {
    assert.equal((await alice.signOut(headers)).status, 403);
    assert.equal(await alice.whoAmI(), 'Alice Example');
  }
  await alice.signOut();
  assert.equal(await alice.whoAmI(), undefined);
});

test('the provider ends sessions over the back channel, with a token that is checked and used once', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t);
  const [alice, bob] = [somebody(), somebody()];
  await alice.signIn();
  provider.account = { sub: 'bob-1', email: 'bob@example.com', given_name: 'Bob', family_name: 'Example' };
  await bob.signIn();
  const now = Math.floor(Date.now() / 1000);
  const honest = {
    iss: provider.issuer,
    aud: 'workspace',
    iat: now,
    exp: now + 120,
    jti: 'first',
    sub: 'alice-1',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  };
  const tell = async (token: string): Promise<number> => {
    const body = new URLSearchParams({ logout_token: token }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await somebody().visit(`${workspace.url}/oidc/backchannel-logout`, { method: 'POST', body, headers }))
      .status;
  };
  for (const [type, body, status] of [
    ['application/x-www-form-urlencoded', `logout_token=${'a'.repeat(100_000)}`, 413],
    ['multipart/form-data; boundary=x', 'no part at all', 400],
    ['text/plain', 'logout_token=a', 400],
  ] as const) {
    const headers = { 'content-type': type };
    const seen = await somebody().visit(`${workspace.url}/oidc/backchannel-logout`, { method: 'POST', body, headers });
    assert.equal(seen.status, status, `${type} answered ${seen.status}`);
  }
  const { events: _, ...withoutEvents } = honest;
  for (const claims of [
    { ...honest, aud: 'another' },
    { ...honest, iss: 'http://other.localhost' },
    { ...honest, nonce: 'n' },
    { ...honest, iat: now - 900, exp: now - 600 },
    withoutEvents,
  ])
    assert.equal(await tell(await provider.sign(claims)), 400);
  assert.equal(await tell(provider.seen.idTokens[0] ?? ''), 400, 'an ID token is no logout token');
  assert.equal(await alice.whoAmI(), 'Alice Example');

  const token = await provider.sign(honest, { typ: 'logout+jwt' });
  assert.equal(await tell(token), 200);
  assert.equal(await alice.whoAmI(), undefined);
  assert.equal(await bob.whoAmI(), 'Bob Example');
  provider.account = { sub: 'alice-1', email: 'alice@example.com', given_name: 'Alice', family_name: 'Example' };
  await alice.signIn();
  assert.equal(await tell(token), 400, 'a second time it is refused');
  assert.equal(await alice.whoAmI(), 'Alice Example');
});

test('a notice that names a session ends that one, and one that names a person alone ends all of theirs', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t);
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const now = Math.floor(Date.now() / 1000);
  const tell = async (named: object): Promise<number> => {
    const jti = JSON.stringify(named);
    const claims = { iss: provider.issuer, aud: 'workspace', iat: now, exp: now + 120, jti, events: event, ...named };
    const body = new URLSearchParams({ logout_token: await provider.sign(claims) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await somebody().visit(`${workspace.url}/oidc/backchannel-logout`, { method: 'POST', body, headers }))
      .status;
  };
  const signedInUnder = async (sid: string | undefined) => {
    provider.behaviour = { claims: (claims) => ({ ...claims, ...(sid !== undefined && { sid }) }) };
    const person = somebody();
    await person.signIn();
    return person;
  };
  const here = async (people: readonly Awaited<ReturnType<typeof signedInUnder>>[]): Promise<boolean[]> =>
    Promise.all(people.map(async (person) => (await person.whoAmI()) !== undefined));

  const people = [
    await signedInUnder('laptop'),
    await signedInUnder('phone'),
    await signedInUnder('desk'),
    await signedInUnder(undefined),
  ];
  assert.equal(await tell({}), 400, 'it names nobody');
  assert.equal(await tell({ sub: 'alice-1', sid: 7 }), 400, 'a sid is a string');
  assert.deepEqual(await here(people), [true, true, true, true]);
  assert.equal(await tell({ sid: 'of another' }), 200);
  assert.deepEqual(await here(people), [true, true, true, true]);
  assert.equal(await tell({ sid: 'laptop' }), 200);
  assert.deepEqual(await here(people), [false, true, true, true]);
  assert.equal(await tell({ sub: 'alice-1', sid: 'phone' }), 200);
  assert.deepEqual(
    await here(people),
    [false, false, true, false],
    'which session began without a sid nobody can tell',
  );
  assert.equal(await tell({ sub: 'alice-1' }), 200);
  assert.deepEqual(await here(people), [false, false, false, false]);
});

test('signing in again under one session of the provider leaves one session here', async (t) => {
  const { provider, somebody } = await openHouse(t);
  provider.behaviour = { claims: (claims) => ({ ...claims, sid: 'laptop' }) };
  const [before, after] = [somebody(), somebody()];
  await before.signIn();
  await after.signIn();
  assert.equal(await before.whoAmI(), undefined);
  assert.equal(await after.whoAmI(), 'Alice Example');
});

test('a session ends at its time, whatever is done with it', async (t) => {
  const { workspace, somebody } = await openHouse(t, () => ({ LEAN_SESSION_EXPIRATION: '30' }));
  const alice = somebody();
  await alice.signIn();
  workspace.clock.aheadMs = 29 * 60_000;
  assert.equal(await alice.whoAmI(), 'Alice Example');
  workspace.clock.aheadMs = 30 * 60_000;
  assert.equal(await alice.whoAmI(), undefined);
});

test('signing in leads back to the page asked for, and never to another site', async (t) => {
  const { workspace, somebody } = await openHouse(t);
  const alice = somebody();
  const asked = await alice.visit(`${workspace.url}/p/ONE/t/4?show=all`);
  assert.equal(asked.url.pathname, '/auth/login');
  const button = /class="button" href="([^"]*)"/.exec(asked.text)?.[1] ?? '';
  const end = await alice.visit(new URL(button, workspace.url).href);
  assert.equal(end.url.href, `${workspace.url}/p/ONE/t/4?show=all`);
  for (const to of [
    'https://evil.example.com/',
    '//evil.example.com',
    '/\\evil.example.com',
    '/\t/evil.example.com',
    '/.//evil.example.com',
    'javascript:alert(1)',
    '/auth/logout',
  ])
    assert.equal((await alice.signIn(to)).url.href, `${workspace.url}/dashboard/home`, to);
});

test('the redirect URI is that of LEAN_APP_URL, whatever Host a request names', async (t) => {
  const { provider, workspace, somebody } = await openHouse(t);
  const alice = somebody();
  const headers = { host: 'evil.example.com', 'x-forwarded-host': 'evil.example.com' };
  const start = await alice.visit(`${workspace.url}/oidc/login`, { headers, follow: false });
  const { searchParams } = new URL(start.headers.get('location') ?? '');
  assert.equal(searchParams.get('redirect_uri'), `${workspace.url}/oidc/callback`);
  await assertSignedIn(alice, await alice.signIn());
  assert.equal(provider.seen.tokens[0]?.body.get('redirect_uri'), `${workspace.url}/oidc/callback`);
});

test('switched off, neither the button nor the addresses are there', async (t) => {
  const { workspace, somebody } = await openHouse(t, () => ({ LEAN_OIDC_ENABLE: 'false' }));
  const alice = somebody();
  assert.equal((await alice.visit(`${workspace.url}/oidc/login`)).status, 404);
  assert.equal((await alice.visit(`${workspace.url}/oidc/callback?code=c&state=s`)).status, 404);
  const page = await alice.visit(`${workspace.url}/auth/login`);
  assert.doesNotMatch(page.text, /href="\/oidc\/login/);
  assert.match(page.text, /LEAN_OIDC_ENABLE/);
});

test('with automatic sign-in a stranger goes straight through, but not after signing out', async (t) => {
  const { workspace, somebody } = await openHouse(t, () => ({ LEAN_OIDC_AUTO_LOGIN: 'true' }));
  const alice = somebody();
  const seen = await alice.visit(`${workspace.url}/p/ONE`);
  assert.equal(seen.url.href, `${workspace.url}/p/ONE`);
  await alice.signOut();
  assert.equal(await alice.whoAmI(), undefined);
  assert.match((await alice.visit(`${workspace.url}/auth/login?signed-out`)).text, /You are signed out/);
  await alice.visit(`${workspace.url}/p/ONE`);
  assert.equal(await alice.whoAmI(), 'Alice Example', 'the next visit signs in again by itself');
  const stranger = somebody();
  assert.match((await stranger.visit(`${workspace.url}/auth/login?local=1`)).text, /href="\/oidc\/login"/);
});

test('no form and no address takes a password', async (t) => {
  const { workspace, somebody } = await openHouse(t);
  const alice = somebody();
  assert.doesNotMatch((await alice.visit(`${workspace.url}/auth/login`)).text, /<input|<form/);
  for (const path of ['/auth/login', '/auth/resetPw', '/oidc/login']) {
    const posted = await alice.visit(`${workspace.url}${path}`, {
      method: 'POST',
      headers: { origin: workspace.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'username=alice@example.com&password=x',
    });
    assert.equal(posted.status, 404);
  }
  await assertSignedIn(alice, await alice.signIn());
});
