/** Applications register themselves, sign people in, and manage what they registered (RFC 7591, RFC 7592). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as library from 'openid-client';
import {
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  type Person,
  post,
  userinfo,
  verifier,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { type Body, call, house as house_, itsCallback, path, register, tokenFor } from './registering.testing.ts';

const alice: Person = { as: 'alice', factors: '1', consent: 'accept' };
let house: House;
before(async () => {
  house = await openHouse({ oidc: { dynamic_client_registration: house_ } });
});
after(() => house.close());

const refresh = { scope: 'openid profile offline_access', grant_types: ['authorization_code', 'refresh_token'] };

function asked({ client_id }: Body, changes: Record<string, string> = {}) {
  return { client_id: String(client_id), redirect_uri: itsCallback, scope: 'openid profile', ...changes };
}

function redeem(code: string, { client_id, client_secret }: Body) {
  const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
  const fields = { grant_type: 'authorization_code', code, redirect_uri: itsCallback, code_verifier: verifier };
  return post(house, '/api/oidc/token', fields, { authorization: `Basic ${basic}` });
}

function managed({ registration_client_uri }: Body): string {
  return new URL(String(registration_client_uri)).pathname;
}

test('an application that registered itself signs a person in, and the secret is shown once', async () => {
  const { status, body, headers } = await register(house, refresh);
  assert.equal(status, 201);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(body.registration_client_uri, `${house.issuer}${path}/${body.client_id}`);
  assert.equal(body.token_endpoint_auth_method, 'client_secret_basic');
  assert.equal(body.client_secret_expires_at, 0);
  assert.ok(Math.abs(Number(body.client_id_issued_at) - Date.now() / 1000) < 10);
  const tokens = await redeem(await codeFor(house.browser(), asked(body), alice), body);
  assert.equal(tokens.status, 200);
  assert.equal((await userinfo(house, tokens.body.access_token)).body.preferred_username, 'alice');
  const read = await call(house, 'GET', managed(body), String(body.registration_access_token));
  assert.equal(read.status, 200);
  assert.equal(read.body.client_secret, undefined);
  assert.deepEqual(read.body.redirect_uris, [itsCallback]);
});

test('the longest age that may be registered signs a person in', async () => {
  const { body } = await register(house, { default_max_age: 999_999_999 });
  assert.ok(await codeFor(house.browser(), asked(body), alice));
});

test('every way to prove itself that is registered works, and only that', async () => {
  for (const method of ['client_secret_post', 'client_secret_jwt', 'none']) {
    const { body } = await register(house, { token_endpoint_auth_method: method });
    assert.equal(body.client_secret === undefined, method === 'none', method);
    const code = await codeFor(house.browser(), asked(body), alice);
    assert.equal((await redeem(code, body)).body.error, 'invalid_client', method);
  }
  const { body } = await register(house, { token_endpoint_auth_method: 'client_secret_post' });
  const own = { client_id: String(body.client_id), client_secret: String(body.client_secret) };
  const code = await codeFor(house.browser(), asked(body), alice);
  assert.equal((await exchange(house, code, { ...own, redirect_uri: itsCallback })).status, 200);
});

test('a library registers itself and signs a person in without any further settings', async () => {
  const local = new URL(house.issuer);
  const options = {
    execute: [library.allowInsecureRequests],
    initialAccessToken: await tokenFor(house),
    [library.customFetch]: (url: string, init: object) =>
      fetch(url.replace(local.origin, `http://127.0.0.1:${local.port}`), init),
  };
  const metadata = { redirect_uris: [itsCallback], token_endpoint_auth_method: 'client_secret_jwt' };
  const application = await library.dynamicClientRegistration(local, metadata, library.ClientSecretJwt(), options);
  const state = library.randomState();
  const codeVerifier = library.randomPKCECodeVerifier();
  const url = library.buildAuthorizationUrl(application, {
    redirect_uri: itsCallback,
    scope: 'openid profile',
    state,
    code_challenge: await library.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  });
  const arrived = landing(await authorize(house.browser(), `${url.pathname}${url.search}`, alice));
  const checks = { pkceCodeVerifier: codeVerifier, expectedState: state };
  const tokens = await library.authorizationCodeGrant(application, arrived, checks);
  assert.equal(tokens.claims()?.aud, application.clientMetadata().client_id);
});

test('the house’s policy, consent and scopes hold for who registered itself', async () => {
  const { body } = await register(house);
  const browser = house.browser();
  const step = (await browser.go(authorizationPath(asked(body)))).headers.get('location') ?? '';
  const shown = (await (await browser.go(step)).json()) as { question: { kind: string }; about: unknown };
  assert.equal(shown.question.kind, 'ask');
  assert.deepEqual(shown.about, {
    application: { clientId: body.client_id, name: 'Its App', host: 'app.example.com' },
  });
  const beyond = await browser.go(authorizationPath(asked(body, { scope: 'openid email' })), {
    headers: { accept: 'application/json' },
  });
  assert.match(beyond.headers.get('location') ?? '', /error=invalid_scope/);
});

test('what was registered is there after a restart, and in no row as it was said', async () => {
  const { body } = await register(house, { client_name: 'Lasting' });
  const again = await openHouse({ oidc: { dynamic_client_registration: house_ }, database: house.database });
  const read = await call(again, 'GET', managed(body), String(body.registration_access_token));
  assert.equal(read.body.client_name, 'Lasting');
  const fields = { grant_type: 'authorization_code', code: 'none', redirect_uri: itsCallback };
  const basic = { authorization: `Basic ${btoa(`${body.client_id}:${body.client_secret}`)}` };
  assert.equal((await post(again, '/api/oidc/token', fields, basic)).body.error, 'invalid_grant');
  await again.close();
  const rows = await house.database.kysely.selectFrom('oidc_registered_clients').selectAll().execute();
  const stored = rows.map((row) =>
    JSON.stringify({ ...row, registration: Buffer.from(row.registration).toString('latin1') }),
  );
  for (const secret of [body.client_secret, body.registration_access_token, itsCallback])
    assert.ok(!stored.join('').includes(String(secret)));
});

test('a secret is kept as a digest, but where keys are made of it', async () => {
  const kindOf = async (changes: Body) => {
    const { body } = await register(house, changes);
    return (await house.selfRegistration.clients.find(String(body.client_id)))?.secret?.kind;
  };
  assert.equal(await kindOf({}), 'digest');
  assert.equal(await kindOf({ token_endpoint_auth_method: 'client_secret_jwt' }), 'plaintext');
  assert.equal(await kindOf({ token_endpoint_auth_method: 'none' }), undefined);
});

test('an update replaces what was registered, keeps the secret and exchanges the token', async () => {
  const { body } = await register(house);
  const old = String(body.registration_access_token);
  const { registration_access_token: _, registration_client_uri: __, client_secret_expires_at: ___, ...rest } = body;
  const { client_id_issued_at: ____, ...sent } = rest;
  assert.equal((await house.browser().go(authorizationPath(asked(body)))).status, 303);
  const changed = { ...sent, client_name: 'Renamed', redirect_uris: ['https://app.example.com/other'] };
  const updated = await call(house, 'PUT', managed(body), old, changed);
  assert.equal(updated.status, 200);
  assert.equal(updated.body.client_name, 'Renamed');
  assert.equal(updated.body.client_secret, undefined);
  assert.equal((await call(house, 'GET', managed(body), old)).status, 401);
  const next = String(updated.body.registration_access_token);
  assert.equal((await call(house, 'GET', managed(body), next)).body.client_name, 'Renamed');
  const gone = await house.browser().go(authorizationPath(asked(body)));
  assert.equal(gone.status, 400);
  const to = { redirect_uri: 'https://app.example.com/other' };
  const code = await codeFor(house.browser(), asked(body, to), alice);
  const basic = { authorization: `Basic ${btoa(`${body.client_id}:${body.client_secret}`)}` };
  const fields = { grant_type: 'authorization_code', code, ...to, code_verifier: verifier };
  assert.equal((await post(house, '/api/oidc/token', fields, basic)).status, 200);
});

test('an update that says what it must not, or another secret or id, changes nothing', async () => {
  const { body } = await register(house);
  const token = String(body.registration_access_token);
  const own = { client_id: body.client_id, redirect_uris: [itsCallback] };
  for (const changes of [
    { client_secret: 'another' },
    { client_id: 'leantime' },
    { client_id: undefined },
    { registration_access_token: token },
    { client_id_issued_at: 1 },
    { redirect_uris: ['http://app.example.com/'] },
  ])
    assert.equal((await call(house, 'PUT', managed(body), token, { ...own, ...changes })).status, 400);
  assert.equal(
    (await call(house, 'PUT', managed(body), token, { ...own, client_secret: body.client_secret })).status,
    200,
  );
});

test('an application may ask for subjects of its own', async () => {
  const subjectAt = async (host: string) => {
    const redirect_uri = `https://${host}/callback`;
    const { body } = await register(house, { redirect_uris: [redirect_uri], subject_type: 'pairwise' });
    const code = await codeFor(house.browser(), asked(body, { redirect_uri }), alice);
    const basic = { authorization: `Basic ${btoa(`${body.client_id}:${body.client_secret}`)}` };
    const fields = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier };
    return claimsOf((await post(house, '/api/oidc/token', fields, basic)).body.id_token).sub;
  };
  const [one, same, other] = [await subjectAt('a.example'), await subjectAt('a.example'), await subjectAt('b.example')];
  assert.ok(one);
  assert.equal(one, same);
  assert.notEqual(one, other);
});

test('a client that removed itself is gone, and so is what it held', async () => {
  const { body } = await register(house, refresh);
  const tokens = await redeem(await codeFor(house.browser(), asked(body, { scope: refresh.scope }), alice), body);
  assert.ok(tokens.body.refresh_token);
  const token = String(body.registration_access_token);
  assert.equal((await call(house, 'DELETE', managed(body), token)).status, 204);
  assert.equal((await call(house, 'GET', managed(body), token)).status, 401);
  assert.equal((await userinfo(house, tokens.body.access_token)).status, 401);
  const basic = { authorization: `Basic ${btoa(`${body.client_id}:${body.client_secret}`)}` };
  const again = { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token };
  assert.equal((await post(house, '/api/oidc/token', again, basic)).body.error, 'invalid_client');
  assert.equal((await house.browser().go(authorizationPath(asked(body)))).status, 400);
});

test('without a token, with a spent, expired or revoked one, nobody registers', async (t) => {
  const body = { redirect_uris: [itsCallback] };
  const status = async (token?: string) => (await call(house, 'POST', path, token, body)).status;
  assert.equal(await status(), 401);
  assert.equal(await status('made-up'), 401);
  const once = await tokenFor(house);
  assert.deepEqual([await status(once), await status(once)], [201, 401]);
  const { id, token } = await house.selfRegistration.tokens.create({
    description: '',
    uses: 5,
    expiresAtMs: Date.now() + 60_000,
  });
  await house.selfRegistration.tokens.revoke(id);
  assert.equal(await status(token), 401);
  const brief = await tokenFor(house);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
  assert.equal(await status(brief), 401);
});

test('a token for one registration lets one of twenty parallel ones in', async () => {
  const token = await tokenFor(house);
  const body = { redirect_uris: [itsCallback] };
  const answers = await Promise.all(Array.from({ length: 20 }, () => call(house, 'POST', path, token, body)));
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
});

test('a refused registration leaves its token unused', async () => {
  const token = await tokenFor(house);
  assert.equal((await call(house, 'POST', path, token, { redirect_uris: ['nothing'] })).status, 400);
  assert.equal((await call(house, 'POST', path, token, { redirect_uris: [itsCallback] })).status, 201);
});

test('discovery names the endpoint where it is on, and nothing is there where it is off', async () => {
  const document = async (opened: House) => (await call(opened, 'GET', '/.well-known/openid-configuration')).body;
  assert.equal((await document(house)).registration_endpoint, `${house.issuer}${path}`);
  const { body } = await register(house);
  for (const clients of [{}, { dynamic_client_registration: { ...house_, enabled: false } }]) {
    const off = await openHouse({ oidc: clients, database: house.database });
    assert.equal((await document(off)).registration_endpoint, undefined);
    assert.equal((await off.browser().go(path, { method: 'POST' })).status, 404);
    assert.equal((await off.browser().go(authorizationPath(asked(body)))).status, 400);
    await off.close();
  }
});

test('where no token is needed, one address registers ten in an hour', async () => {
  const open = await openHouse({
    oidc: { dynamic_client_registration: { ...house_, require_initial_access_token: false } },
  });
  const ask = (address: string) =>
    call(open, 'POST', path, undefined, { redirect_uris: [itsCallback] }, { 'x-test-address': address });
  for (let each = 0; each < 10; each += 1) assert.equal((await ask('192.0.2.1')).status, 201);
  assert.equal((await ask('192.0.2.1')).status, 429);
  assert.equal((await ask('192.0.2.2')).status, 201);
  await open.close();
});

test('the house is full at its limit, and what is not used makes room', async (t) => {
  const small = await openHouse({ oidc: { dynamic_client_registration: { ...house_, clients_max: 1 } } });
  assert.equal((await register(small)).status, 201);
  assert.equal((await register(small)).status, 503);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * 60_000 });
  assert.equal(await small.selfRegistration.clients.sweepUnused(Date.now() - 3 * 60_000, 10), 0);
  assert.equal(await small.selfRegistration.clients.sweepUnused(Date.now() - 60_000, 10), 1);
  assert.equal((await register(small)).status, 201);
  await small.close();
});

test('nobody registers over, or manages, a client of the configuration', async () => {
  const { body } = await register(house, { client_id: guideClient.client_id });
  assert.notEqual(body.client_id, guideClient.client_id);
  const token = String(body.registration_access_token);
  for (const method of ['GET', 'PUT', 'DELETE'])
    assert.equal((await call(house, method, `${path}/leantime`, token)).status, 401);
});
