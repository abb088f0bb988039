import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  aliceAgrees,
  claimsOf,
  codeFor,
  exchange,
  type Params,
  type Person,
  post,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { alice, guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';
const app = {
  ...guideClient,
  scopes: ['openid', 'email', 'offline_access', 'read', 'write'],
  grant_types: ['authorization_code', 'refresh_token'],
  audience: ['orders', 'store', 'second'],
  authorization_policy: 'one_factor',
};
const service = {
  ...guideClient,
  client_id: 'orders',
  response_types: [],
  redirect_uris: [],
  scopes: ['read', 'write', 'admin'],
  audience: ['store', 'second', 'elsewhere'],
  grant_types: [grant],
  authorization_policy: 'one_factor',
  access_token_signed_response_alg: 'RS256',
};

let house: House;
before(async () => {
  house = await openHouse({
    oidc: {
      authorization_policies: {
        staff: { default_policy: 'deny', rules: [{ policy: 'one_factor', subject: [['group:staff']] }] },
      },
    },
    clients: [
      app,
      { ...app, client_id: 'own', grant_types: ['authorization_code', grant], audience: ['store'] },
      service,
      { ...service, client_id: 'second', access_token_signed_response_alg: 'none', audience: ['store'] },
      { ...service, client_id: 'strict', authorization_policy: 'two_factor', audience: ['orders'] },
      { ...service, client_id: 'staff', authorization_policy: 'staff', audience: ['orders'] },
      { ...app, client_id: 'wide', audience: ['strict', 'staff', 'orders', 'machine'] },
      { ...service, client_id: 'machine', grant_types: ['client_credentials'], audience: ['orders'] },
    ],
  });
});
after(() => house.close());

const basic = (id: string) => ({ authorization: `Basic ${Buffer.from(`${id}:insecure_secret`).toString('base64')}` });
const inspect = (token: string | undefined) => post(house, '/api/oidc/introspection', { token }, basic('leantime'));
const isActive = async (token: string | undefined) => Reflect.get((await inspect(token)).body, 'active');

async function signIn(asked: Params = {}, clientId = 'leantime', person: Person = aliceAgrees) {
  const parameters = { scope: 'openid email read offline_access', audience: 'orders store', ...asked };
  const code = await codeFor(house.browser(), { client_id: clientId, ...parameters }, person);
  return exchange(house, code, { client_id: clientId });
}

function swap(token: string | undefined, changes: Params = {}, as = 'orders') {
  const subject = { subject_token: token, subject_token_type: accessTokenType };
  const credentials = { client_id: as, client_secret: 'insecure_secret' };
  return post(house, '/api/oidc/token', { grant_type: grant, ...subject, ...credentials, ...changes });
}

test('a service that was called gets a token of its own for the next service', async () => {
  const signedIn = await signIn();
  const answer = await swap(signedIn.body.access_token, { scope: 'read', audience: 'store' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(answer.body.issued_token_type, accessTokenType);
  assert.equal(answer.body.token_type, 'Bearer');
  assert.equal(answer.body.scope, 'read');
  assert.equal(answer.body.refresh_token, undefined);
  const said = claimsOf(answer.body.access_token);
  assert.deepEqual(
    [said.sub, said.client_id, said.aud, said.scope, said.act],
    [claimsOf(signedIn.body.id_token).sub, 'orders', ['store'], 'read', { sub: 'orders' }],
  );
  const { body } = await inspect(answer.body.access_token);
  assert.deepEqual(
    [body.username, body.client_id, body.aud, body.act],
    ['alice', 'orders', ['store'], { sub: 'orders' }],
  );
});

test('who acted before stands inside who acts now', async () => {
  const first = await swap((await signIn({ audience: 'orders store second' })).body.access_token, {
    audience: 'second store',
  });
  const second = await swap(first.body.access_token, { audience: 'store' }, 'second');
  assert.deepEqual((await inspect(second.body.access_token)).body.act, { sub: 'second', act: { sub: 'orders' } });
});

test('a client narrows its own token, and nobody acts but itself', async () => {
  const own = await signIn({ audience: 'store', scope: 'openid read' }, 'own');
  const answer = await swap(own.body.access_token, { scope: 'read' }, 'own');
  const { body } = await inspect(answer.body.access_token);
  assert.deepEqual([body.scope, body.aud, body.act], ['read', ['store'], undefined]);
});

test('an exchanged token lives no longer than the one it came from, and dies with its grant', async () => {
  const signedIn = await signIn();
  const { body } = await swap(signedIn.body.access_token);
  const [came, went] = [await inspect(signedIn.body.access_token), await inspect(body.access_token)];
  assert.ok(Number(went.body.exp) <= Number(came.body.exp));
  await post(house, '/api/oidc/revocation', { token: signedIn.body.refresh_token }, basic('leantime'));
  // The guide's client is known by form parameters at the token endpoint, and by Basic everywhere else.
  assert.equal(await isActive(signedIn.body.access_token), false);
  assert.equal(await isActive(body.access_token), false);
});

test('a chain of exchanges dies with the first grant', async () => {
  const signedIn = await signIn({ audience: 'orders store second' });
  const first = await swap(signedIn.body.access_token, { audience: 'second store' });
  const second = await swap(first.body.access_token, { audience: 'store' }, 'second');
  assert.equal(await isActive(second.body.access_token), true);
  await post(house, '/api/oidc/revocation', { token: signedIn.body.access_token }, basic('leantime'));
  assert.equal(await isActive(second.body.access_token), false);
});

test('revoking the exchanged token leaves the other alone', async () => {
  const signedIn = await signIn();
  const { body } = await swap(signedIn.body.access_token);
  await post(house, '/api/oidc/revocation', { token: body.access_token }, basic('orders'));
  assert.equal(await isActive(body.access_token), false);
  assert.equal(await isActive(signedIn.body.access_token), true);
});

test('attack 50: a client without the grant exchanges nothing', async () => {
  const { body } = await signIn({ audience: 'machine' }, 'wide');
  assert.equal((await swap(body.access_token, {}, 'machine')).status, 400);
  assert.equal((await swap(body.access_token, {}, 'leantime')).status, 400);
});

test('attack 50: a token that was not meant for the client is refused', async () => {
  const { body } = await signIn({ audience: 'store' });
  const answer = await swap(body.access_token);
  assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request']);
});

test('attack 50: scopes and audiences grow neither beyond the token nor beyond the registration', async () => {
  const { body } = await signIn();
  for (const scope of ['write', 'admin', 'openid', 'email', 'offline_access', 'read write'])
    assert.equal((await swap(body.access_token, { scope })).body.error, 'invalid_scope', scope);
  for (const audience of ['orders', 'second', 'elsewhere', 'unknown'])
    assert.equal((await swap(body.access_token, { audience })).body.error, 'invalid_target', audience);
  const given = (await inspect((await swap(body.access_token)).body.access_token)).body;
  assert.deepEqual([given.scope, given.aud], ['read', ['store']]);
  assert.equal((await userinfo(house, (await swap(body.access_token)).body.access_token)).status, 403);
});

test("attack 50: the client's authorization policy holds: who may, and with how many factors", async () => {
  const audience = 'strict staff orders';
  const once = await signIn({ audience }, 'wide', { as: 'alice', factors: '1', consent: 'accept' });
  assert.equal((await swap(once.body.access_token, {}, 'strict')).body.error, 'access_denied');
  assert.equal((await swap(once.body.access_token, {}, 'staff')).status, 200);
  const twice = await signIn({ audience }, 'wide');
  assert.equal((await swap(twice.body.access_token, {}, 'strict')).status, 200);
  const stranger = await signIn({ audience }, 'wide', { as: 'bob', factors: '2', consent: 'accept' });
  assert.equal((await swap(stranger.body.access_token, {}, 'staff')).body.error, 'access_denied');
});

test('attack 50: what is no live access token of a person is not exchanged', async () => {
  const signedIn = await signIn();
  const renewed = await post(house, '/api/oidc/token', {
    grant_type: 'refresh_token',
    refresh_token: signedIn.body.refresh_token,
    client_id: 'leantime',
    client_secret: 'insecure_secret',
  });
  const machine = await post(house, '/api/oidc/token', {
    grant_type: 'client_credentials',
    audience: 'orders',
    client_id: 'machine',
    client_secret: 'insecure_secret',
  });
  for (const token of [
    signedIn.body.access_token,
    renewed.body.refresh_token,
    signedIn.body.id_token,
    machine.body.access_token,
    'x',
    undefined,
  ])
    assert.equal((await swap(token)).body.error, 'invalid_request');
  assert.equal((await swap(renewed.body.access_token)).status, 200);
});

test('attack 50: of somebody who is gone nothing is exchanged', async () => {
  const { body } = await signIn();
  house.people.delete('alice');
  try {
    assert.equal((await swap(body.access_token)).body.error, 'invalid_request');
  } finally {
    house.people.set('alice', alice);
  }
});

test('what the exchange does not do is said', async () => {
  const token = (await signIn()).body.access_token;
  for (const changes of [
    { subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' },
    { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
    { actor_token: token, actor_token_type: accessTokenType },
  ])
    assert.equal((await swap(token, changes)).body.error, 'invalid_request');
  assert.equal((await swap(token, { client_secret: 'wrong' })).body.error, 'invalid_client');
});

test('discovery names the grant where a client has it', async () => {
  const names = async (of: House) => {
    const answer = await of.browser().go('/.well-known/openid-configuration');
    return ((await answer.json()) as { grant_types_supported: string[] }).grant_types_supported.includes(grant);
  };
  assert.equal(await names(house), true);
  const other = await openHouse();
  try {
    assert.equal(await names(other), false);
  } finally {
    await other.close();
  }
});
