import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { authorizationPath, authorize, claimsOf, userinfo } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse, rsaKey } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { confirm, type Listener, logoutPath, openListener, signIn } from '../sign-out.testing.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';

let house: House;
let told: Listener;
let other: Listener;
before(async () => {
  told = await openListener();
  other = await openListener();
  const client = { ...guideClient, consent_mode: 'implicit' as const, allow_private_network: true };
  house = await openHouse({
    clients: [
      { ...guideClient, consent_mode: 'implicit' },
      { ...client, client_id: 'told', backchannel_logout_uri: told.url },
      {
        ...client,
        client_id: 'elliptic',
        backchannel_logout_uri: other.url,
        id_token_signed_response_alg: 'ES256',
      },
      {
        ...client,
        client_id: 'pairwise',
        backchannel_logout_uri: told.url,
        sector_identifier_uri: 'https://sector.example.com/uris.json',
      },
      { ...client, client_id: 'not-permitted', backchannel_logout_uri: told.url, allow_private_network: false },
    ],
    oidc: {
      jwks: [{ key: rsaKey() }, { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    },
  });
});
beforeEach(() => {
  told.tokens.length = 0;
  other.tokens.length = 0;
  told.status = 200;
});
after(async () => {
  await house.close();
  told.close();
  other.close();
});

function sessionOf(): string {
  const [id] = [...house.sessions.keys()].slice(-1);
  assert.ok(id);
  return id;
}

test('the token is signed as the client’s ID tokens are, and says who, where, which session and what happened', async () => {
  const browser = house.browser();
  const first = claimsOf((await signIn(house, browser, 'told')).id_token);
  await signIn(house, browser, 'elliptic', {});
  await confirm(browser, await browser.go(logoutPath()));
  const jwks = createLocalJWKSet((await (await browser.go('/jwks.json')).json()) as JSONWebKeySet);
  const [token = ''] = told.tokens;
  const options = { issuer: house.issuer, audience: 'told', typ: 'logout+jwt', maxTokenAge: 60 };
  const { payload } = await jwtVerify(token, jwks, { ...options, algorithms: ['RS256'] });
  assert.deepEqual(Object.keys(payload).sort(), ['aud', 'events', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub']);
  assert.deepEqual(payload.events, { [event]: {} });
  assert.equal(payload.sub, first.sub);
  assert.equal(payload.sid, first.sid);
  assert.equal(Number(payload.exp) - Number(payload.iat), 120);
  assert.equal(decodeProtectedHeader(other.tokens[0] ?? '').alg, 'ES256');
});

test('an application is told once for a session, however often it was signed in to', async () => {
  const browser = house.browser();
  await signIn(house, browser, 'told');
  await signIn(house, browser, 'told', {});
  await confirm(browser, await browser.go(logoutPath()));
  assert.equal(told.tokens.length, 1);
});

test('each session has its own sid, and only the one that ended is named', async () => {
  const one = house.browser();
  const ended = claimsOf((await signIn(house, one, 'told')).id_token);
  const lasting = claimsOf((await signIn(house, house.browser(), 'told')).id_token);
  assert.notEqual(ended.sid, lasting.sid);
  await confirm(one, await one.go(logoutPath()));
  assert.deepEqual(
    told.claims().map(({ sid }) => sid),
    [ended.sid],
  );
});

test('a session that ran out is told of, and what applications hold stays valid', async () => {
  const tokens = await signIn(house, house.browser(), 'told');
  await house.endSession(sessionOf(), 'expired');
  assert.equal(told.tokens.length, 1);
  assert.equal((await userinfo(house, tokens.access_token)).status, 200);
});

test('a session that an administrator ends is told of, and what applications got in it is taken back', async () => {
  const tokens = await signIn(house, house.browser(), 'told');
  await house.endSession(sessionOf(), 'administrator');
  assert.equal(told.tokens.length, 1);
  assert.equal((await userinfo(house, tokens.access_token)).status, 401);
});

test('after a session that ran out the next one has another sid', async () => {
  const browser = house.browser();
  const before = claimsOf((await signIn(house, browser, 'told')).id_token);
  await house.endSession(sessionOf(), 'expired');
  const later = claimsOf((await signIn(house, browser, 'told')).id_token);
  assert.equal(later.sub, before.sub);
  assert.notEqual(later.sid, before.sid);
});

test('somebody else signing in in the same browser ends the session of the one before', async () => {
  const browser = house.browser();
  const tokens = await signIn(house, browser, 'told');
  const alice = claimsOf(tokens.id_token);
  await authorize(browser, authorizationPath({ client_id: 'told', prompt: 'login' }), { as: 'bob', factors: '2' });
  assert.deepEqual(
    told.claims().map(({ sub, sid }) => ({ sub, sid })),
    [{ sub: alice.sub, sid: alice.sid }],
  );
  assert.equal((await userinfo(house, tokens.access_token)).status, 401);
});

test('the same person signing in again ends nothing', async () => {
  const browser = house.browser();
  const { id_token } = await signIn(house, browser, 'told');
  browser.forget('portal');
  await signIn(house, browser, 'told');
  assert.deepEqual(told.tokens, []);
  assert.ok(id_token);
});

test('an application that knows a person by another name is told by it', async () => {
  const browser = house.browser();
  const own = claimsOf((await signIn(house, browser, 'pairwise')).id_token);
  await confirm(browser, await browser.go(logoutPath()));
  assert.equal(told.claims()[0]?.sub, own.sub);
});

test('an application without an address costs no row and is not told', async () => {
  const browser = house.browser();
  const tokens = await signIn(house, browser);
  assert.equal(claimsOf(tokens.id_token).sid, undefined);
  const rows = await house.database.kysely.selectFrom('session_applications').selectAll().execute();
  assert.ok(rows.every(({ client_id }) => client_id !== 'leantime'));
});

test('an application that is not known here is not one that wants no notice', async () => {
  const notice = { id: 'a notice', issuer: house.issuer, subject: 'somebody', sid: 'a sid', attempts: 1 };
  assert.deepEqual(await house.provider.tellOfLogout({ ...notice, clientId: 'added later' }), { kind: 'unknown' });
  assert.deepEqual(await house.provider.tellOfLogout({ ...notice, clientId: 'leantime' }), { kind: 'nobody' });
});

test('an answer of 400 is final, any other is tried again with the same notice', async () => {
  const browser = house.browser();
  await signIn(house, browser, 'told');
  told.status = 400;
  await confirm(browser, await browser.go(logoutPath()));
  assert.deepEqual(await waiting(), []);
  told.status = 302;
  await signIn(house, browser, 'told');
  await confirm(browser, await browser.go(logoutPath()));
  const [notice] = await waiting();
  assert.equal(notice?.attempts, 1);
  assert.equal(notice?.id, told.claims()[1]?.jti);
  assert.match(JSON.stringify(house.lines), /could not be told of a sign-out: it answered 302/);
  await house.database.kysely.deleteFrom('logout_notices').execute();
});

test('attack 45: a back channel that leads into the house is called only with the permission', async () => {
  const browser = house.browser();
  await signIn(house, browser, 'not-permitted');
  await confirm(browser, await browser.go(logoutPath()));
  assert.deepEqual(told.tokens, []);
  assert.match(JSON.stringify(house.lines), /set 'allow_private_network: true' for it/);
  assert.equal((await waiting()).length, 1);
  await house.database.kysely.deleteFrom('logout_notices').execute();
});

test('attack 38: a logout token is no ID token hint', async () => {
  const browser = house.browser();
  await signIn(house, browser, 'told');
  await confirm(browser, await browser.go(logoutPath()));
  const tokens = await signIn(house, browser, 'told');
  const page = await browser.go(logoutPath({ id_token_hint: told.tokens[0] }));
  assert.match(await page.text(), /name="logout"/);
  assert.equal((await userinfo(house, tokens.access_token)).status, 200);
});

function waiting() {
  return house.database.kysely.selectFrom('logout_notices').selectAll().execute();
}
