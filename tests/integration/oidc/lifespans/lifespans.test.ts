/** How long each kind of token lives, by each grant that gives it: from the custom lifespan of its client, or the global one. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  type Params,
  post,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const custom = {
  id_token: 999,
  grants: {
    authorize_code: { access_token: 101, id_token: 102, refresh_token: 103 },
    refresh_token: { access_token: 201, id_token: 202, refresh_token: 203 },
    implicit: { access_token: 90_001, id_token: 302 },
    client_credentials: { access_token: 401 },
  },
};
const nonce = 'a-nonce-of-enough-characters';

function clients(lifespan: string) {
  const base = {
    ...guideClient,
    lifespan,
    scopes: ['openid', 'offline_access'],
    grant_types: ['authorization_code', 'refresh_token', 'implicit'],
    response_types: ['code', 'id_token token', 'code id_token token'],
  };
  const machine = { response_types: [], redirect_uris: [], grant_types: ['client_credentials'], scopes: ['reports'] };
  const named = lifespan || 'global';
  return [
    { ...base, client_id: named },
    { ...base, ...machine, client_id: `${named}-machine`, authorization_policy: 'one_factor' },
  ];
}

let house: House;
before(async () => {
  house = await openHouse({
    clients: [guideClient, ...clients('custom'), ...clients('')],
    oidc: { lifespans: { access_token: 1001, id_token: 1002, refresh_token: 1003, custom: { custom } } },
  });
});
after(() => house.close());

async function lifeOf(token: string | undefined): Promise<number> {
  const authorization = `Basic ${Buffer.from('leantime:insecure_secret').toString('base64')}`;
  const { body } = await post(house, '/api/oidc/introspection', { token }, { authorization });
  return Number(body.exp) - Number(body.iat);
}

async function livesOf(body: Params) {
  const idToken = claimsOf(body.id_token);
  return [await lifeOf(body.access_token), Number(idToken.exp) - Number(idToken.iat), await lifeOf(body.refresh_token)];
}

function ask(client_id: string, fields: Params) {
  return post(house, '/api/oidc/token', { client_id, client_secret: 'insecure_secret', ...fields });
}

test('what a code and a refresh token give', async () => {
  for (const [client_id, byCode, byRefresh] of [
    ['custom', [101, 102, 103], [201, 202, 203]],
    ['global', [1001, 1002, 1003], [1001, 1002, 1003]],
  ] as const) {
    const code = await codeFor(house.browser(), { client_id, scope: 'openid offline_access' });
    const first = await exchange(house, code, { client_id });
    assert.equal(Number(first.body.expires_in), byCode[0]);
    assert.deepEqual(await livesOf(first.body), byCode);
    const second = await ask(client_id, { grant_type: 'refresh_token', refresh_token: first.body.refresh_token });
    assert.deepEqual(await livesOf(second.body), byRefresh);
  }
});

test('what the authorization endpoint gives', async () => {
  for (const [client_id, access, id] of [
    ['custom', 90_001, 302],
    ['global', 1001, 1002],
  ] as const)
    for (const response_type of ['id_token token', 'code id_token token']) {
      const path = authorizationPath({ client_id, scope: 'openid', response_type, nonce });
      const answer = new URLSearchParams(landing(await authorize(house.browser(), path)).hash.slice(1));
      const body = Object.fromEntries(answer);
      assert.deepEqual((await livesOf(body)).slice(0, 2), [access, id]);
      assert.equal(Number(body.expires_in), access);
    }
});

test('a token is good to its last second, however short the tokens of other grants are', async (t) => {
  const path = authorizationPath({ client_id: 'custom', scope: 'openid', response_type: 'id_token token', nonce });
  const answer = new URLSearchParams(landing(await authorize(house.browser(), path)).hash.slice(1));
  const token = answer.get('access_token') ?? '';
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 89_000_000 });
  assert.equal((await userinfo(house, token)).status, 200);
  t.mock.timers.tick(1_100_000);
  assert.equal((await userinfo(house, token)).status, 401);
});

test('what a machine gets', async () => {
  for (const [client_id, access] of [
    ['custom-machine', 401],
    ['global-machine', 1001],
  ] as const) {
    const answer = await ask(client_id, { grant_type: 'client_credentials' });
    assert.equal(await lifeOf(answer.body.access_token), access);
  }
});
