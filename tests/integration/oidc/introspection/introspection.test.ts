import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { claimsOf, codeFor, exchange, type Params, post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { alice, guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const app = {
  ...guideClient,
  scopes: ['openid', 'offline_access'],
  grant_types: ['authorization_code', 'refresh_token'],
  audience: ['api'],
};
const machine = {
  ...guideClient,
  client_id: 'machine',
  response_types: [],
  redirect_uris: [],
  scopes: ['reports'],
  grant_types: ['client_credentials'],
  authorization_policy: 'one_factor',
};

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      app,
      { ...app, client_id: 'signed', access_token_signed_response_alg: 'RS256' },
      { ...app, client_id: 'api' },
      machine,
      { ...app, client_id: 'spa', public: true, client_secret: undefined, token_endpoint_auth_method: 'none' },
    ],
  });
});
after(() => house.close());

const basic = (id: string) => ({ authorization: `Basic ${Buffer.from(`${id}:insecure_secret`).toString('base64')}` });
const bearing = (token: string | undefined) => ({ authorization: `Bearer ${token}` });
const inspect = (token: string | undefined, headers: Record<string, string>) =>
  post(house, '/api/oidc/introspection', { token }, headers);
const active = { true: (body: object) => assert.equal(Reflect.get(body, 'active'), true) };

async function tokensOf(clientId = 'leantime', asked: Params = {}, credentials: Params = {}) {
  const scope = 'openid offline_access';
  const code = await codeFor(house.browser(), { client_id: clientId, scope, ...asked });
  return exchange(house, code, { client_id: clientId, ...credentials });
}

async function machineToken(): Promise<string> {
  const fields = { grant_type: 'client_credentials', client_id: 'machine', client_secret: 'insecure_secret' };
  return String((await post(house, '/api/oidc/token', fields)).body.access_token);
}

test('the answer says who, for whom, what, until when and by which name', async () => {
  const tokens = await tokensOf('leantime', { audience: 'api' });
  const { body } = await inspect(tokens.body.access_token, basic('leantime'));
  active.true(body);
  assert.equal(body.client_id, 'leantime');
  assert.equal(body.scope, 'openid offline_access');
  assert.equal(body.sub, claimsOf(tokens.body.id_token).sub);
  assert.equal(body.username, 'alice');
  assert.deepEqual(body.aud, ['api']);
  assert.equal(Number(body.exp) - Number(body.iat), 3600);
  assert.equal(body.token_type, 'Bearer');
});

test('a refresh token can be introspected, with and without a hint', async () => {
  const { body } = await tokensOf();
  for (const token_type_hint of [undefined, 'refresh_token', 'access_token']) {
    const fields = { token: body.refresh_token, token_type_hint };
    const told = await post(house, '/api/oidc/introspection', fields, basic('leantime'));
    active.true(told.body);
    assert.equal(told.body.username, 'alice');
  }
});

test('nothing is told of a token that is unknown, used up or revoked', async () => {
  const first = await tokensOf();
  const fields = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token };
  await post(house, '/api/oidc/token', { ...fields, client_id: 'leantime', client_secret: 'insecure_secret' });
  for (const token of ['x', 'a.b.c', first.body.refresh_token, first.body.access_token])
    assert.deepEqual((await inspect(token, basic('leantime'))).body, { active: false });
});

test('whoever shows no credentials, or wrong ones, learns nothing', async () => {
  const { body } = await tokensOf();
  const wrong = { authorization: `Basic ${Buffer.from('leantime:wrong').toString('base64')}` };
  assert.equal((await inspect(body.access_token, wrong)).status, 401);
  assert.equal((await inspect(body.access_token, {})).status, 400);
  for (const token of ['x', 'a.b.c', body.refresh_token]) {
    const answer = await inspect(body.access_token, bearing(token));
    assert.deepEqual([answer.status, answer.body.error], [401, 'invalid_token']);
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer /);
  }
});

test("a machine's token stands for its client's credentials", async () => {
  const caller = await machineToken();
  for (const clientId of ['leantime', 'signed']) {
    const tokens = await tokensOf(clientId, { audience: 'api' });
    const shown = tokens.body.access_token;
    const byToken = await inspect(shown, bearing(caller));
    assert.deepEqual(byToken.body, (await inspect(shown, basic('leantime'))).body);
    const refresh = tokens.body.refresh_token;
    assert.deepEqual((await inspect(refresh, bearing(caller))).body, (await inspect(refresh, basic('leantime'))).body);
  }
});

test('a token does not introspect itself', async () => {
  const caller = await machineToken();
  assert.equal((await inspect(caller, bearing(caller))).status, 401);
  active.true((await inspect(await machineToken(), bearing(caller))).body);
});

test('a question without a token, or with a body that is no form, is refused', async () => {
  const caller = bearing(await machineToken());
  assert.equal((await inspect(undefined, caller)).body.error, 'invalid_request');
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/introspection`;
  assert.equal((await fetch(url, { method: 'POST', body: '{}', headers: caller })).status, 415);
  const large = { method: 'POST', body: new URLSearchParams({ token: 'x'.repeat(20_000) }), headers: caller };
  assert.equal((await fetch(url, large)).status, 413);
});

test("attack 47: a person's token learns of tokens of its own client, and of those meant for it, alone", async () => {
  const own = (await tokensOf('api')).body.access_token;
  const meant = (await tokensOf('leantime', { audience: 'api' })).body.access_token;
  const foreign = (await tokensOf('leantime')).body.access_token;
  const caller = bearing((await tokensOf('api')).body.access_token);
  active.true((await inspect(own, caller)).body);
  active.true((await inspect(meant, caller)).body);
  assert.deepEqual((await inspect(foreign, caller)).body, { active: false });
});

test('attack 47: a public client learns of no token of another, by its id or by a token', async () => {
  const foreign = (await tokensOf('leantime', { audience: 'api' })).body.access_token;
  const own = (await tokensOf('spa', {}, { client_secret: undefined })).body.access_token;
  const asSpa = (token: string | undefined) => post(house, '/api/oidc/introspection', { token, client_id: 'spa' });
  assert.deepEqual((await asSpa(foreign)).body, { active: false });
  assert.deepEqual((await inspect(foreign, bearing(own))).body, { active: false });
  active.true((await asSpa(own)).body);
});

test('attack 47: the token of a person who is gone neither tells nor is told of', async () => {
  const caller = bearing((await tokensOf()).body.access_token);
  const other = (await tokensOf()).body.access_token;
  const byMachine = bearing(await machineToken());
  house.people.delete('alice');
  try {
    assert.equal((await inspect(other, caller)).status, 401);
    assert.deepEqual((await inspect(other, byMachine)).body, { active: false });
  } finally {
    house.people.set('alice', alice);
  }
});
