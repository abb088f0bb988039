import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  authorizationPath,
  authorize,
  type Params,
  post,
  userinfo,
  verifier,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const machine = {
  ...guideClient,
  client_id: 'machine',
  response_types: [],
  redirect_uris: [],
  scopes: ['reports', 'builds'],
  grant_types: ['client_credentials'],
  authorization_policy: 'one_factor',
};
const bearer = 'authelia.bearer.authz';
const audience = ['https://app.example.com'];

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      guideClient,
      machine,
      { ...machine, client_id: 'bare', scopes: [] },
      { ...machine, client_id: 'robot', scopes: [bearer], audience },
      {
        ...guideClient,
        client_id: 'person',
        scopes: [bearer, 'offline_access'],
        audience,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        response_modes: ['form_post'],
        require_pushed_authorization_requests: true,
        consent_mode: 'explicit',
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
  });
});
after(() => house.close());

const basic = (id: string) => ({ authorization: `Basic ${Buffer.from(`${id}:insecure_secret`).toString('base64')}` });

function ask(id: string, changes: Params = {}) {
  const grant_type = 'client_credentials';
  return post(house, '/api/oidc/token', { grant_type, client_id: id, client_secret: 'insecure_secret', ...changes });
}

test('a machine gets the registered scopes that it asks for, and no refresh token', async () => {
  const answer = await ask('machine', { scope: 'reports' });
  assert.deepEqual([answer.status, answer.body.scope, answer.body.refresh_token], [200, 'reports', undefined]);
  assert.equal((await ask('machine', { scope: 'reports builds' })).body.scope, 'reports builds');
  assert.equal((await ask('machine')).body.scope, undefined);
});

test('a scope that is not registered for it, or speaks of a person, is refused', async () => {
  for (const scope of ['admin', 'openid', 'offline_access', 'reports admin', 'email'])
    assert.equal((await ask('machine', { scope })).body.error, 'invalid_scope', scope);
  for (const scope of ['reports', 'openid', 'groups', bearer])
    assert.equal((await ask('bare', { scope })).body.error, 'invalid_scope', scope);
  assert.equal((await ask('bare')).status, 200);
});

test('a client without the grant, or with the wrong secret, gets nothing', async () => {
  assert.equal((await ask('leantime')).status, 400);
  assert.equal((await ask('machine', { client_secret: 'wrong' })).body.error, 'invalid_client');
});

test("a machine's token lacks the scope for userinfo, and an unknown one is no token at all", async () => {
  const answer = await userinfo(house, (await ask('machine', { scope: 'reports' })).body.access_token);
  assert.deepEqual([answer.status, answer.body.error], [403, 'insufficient_scope']);
  assert.equal((await userinfo(house, 'x'.repeat(43))).status, 401);
});

test('a token for proxies has its scope alone, and the audience that was asked', async () => {
  const answer = await ask('robot', { scope: bearer, audience: 'https://app.example.com' });
  assert.equal(answer.body.scope, bearer);
  const told = await post(house, '/api/oidc/introspection', { token: answer.body.access_token }, basic('leantime'));
  assert.deepEqual([told.body.aud, told.body.scope], [audience, bearer]);
  assert.equal((await ask('robot', { scope: `${bearer} reports` })).body.error, 'invalid_scope');
  assert.equal((await ask('robot', { scope: bearer, audience: 'https://other.example' })).body.error, 'invalid_target');
});

test("a person's token for proxies comes by a pushed request and consent, with a refresh token, and opens no userinfo", async () => {
  const [, query = ''] = authorizationPath({
    client_id: 'person',
    scope: `${bearer} offline_access`,
    audience: 'https://app.example.com',
    response_mode: 'form_post',
  }).split('?');
  const direct = await house.browser().go(`/api/oidc/authorization?${query}`);
  assert.equal(direct.status, 400);
  const fields = Object.fromEntries(new URLSearchParams(query));
  const pushed = await post(house, '/api/oidc/pushed-authorization-request', fields, basic('person'));
  const asked = new URLSearchParams({ client_id: 'person', request_uri: String(pushed.body.request_uri) });
  const page = await (await authorize(house.browser(), `/api/oidc/authorization?${asked}`)).text();
  const code = /name="code" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const { authorization } = basic('person');
  const redeemed = await post(
    house,
    '/api/oidc/token',
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: fields.redirect_uri,
      code_verifier: verifier,
    },
    { authorization },
  );
  assert.equal(redeemed.status, 200, JSON.stringify(redeemed.body));
  assert.equal(redeemed.body.scope, `${bearer} offline_access`);
  assert.ok(redeemed.body.refresh_token);
  const answer = await userinfo(house, redeemed.body.access_token);
  assert.deepEqual([answer.status, answer.body.error], [403, 'insufficient_scope']);
});
