/** Each endpoint has its own method of client authentication, and takes no other. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { authorizationPath, post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import {
  assertionType,
  keyPair,
  signAssertion,
} from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import { callback, guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

const key = keyPair();
const rotated = keyPair({ key_id: 'two' });
const secret = 'a plaintext secret of more than thirty-two characters';

/** What the published set of the client `by-address` holds now, and how often it was asked for. */
const published = { keys: [key.stated], asked: 0 };
const keySet = createServer((_req, res) => {
  published.asked += 1;
  const keys = published.keys.map(({ key: parsed, key_id }) => ({
    ...parsed?.key.export({ format: 'jwk' }),
    kid: key_id,
  }));
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
});

const mixed: ClientOptions = {
  client_id: 'mixed',
  client_secret: { kind: 'plaintext', text: secret },
  redirect_uris: [callback],
  grant_types: ['client_credentials', 'authorization_code'],
  response_types: ['code'],
  scopes: ['reports'],
  token_endpoint_auth_method: 'client_secret_basic',
  revocation_endpoint_auth_method: 'client_secret_post',
  introspection_endpoint_auth_method: 'private_key_jwt',
  introspection_endpoint_auth_signing_alg: 'ES256',
  pushed_authorization_request_endpoint_auth_method: 'client_secret_jwt',
  pushed_authorization_request_endpoint_auth_signing_alg: 'HS384',
  jwks: [key.stated],
};

let house: House;
before(async () => {
  await new Promise<void>((resolve) => keySet.listen(0, '127.0.0.1', resolve));
  house = await openHouse({
    clients: [
      mixed,
      // The method of the token endpoint alone is stated: the others stay with Basic.
      {
        ...mixed,
        client_id: 'token-only',
        token_endpoint_auth_method: 'client_secret_post',
        revocation_endpoint_auth_method: undefined,
        introspection_endpoint_auth_method: undefined,
        pushed_authorization_request_endpoint_auth_method: undefined,
      },
      { ...mixed, client_id: 'lenient', allow_multiple_auth_methods: true },
      {
        ...guideClient,
        client_id: 'public',
        public: true,
        client_secret: undefined,
        token_endpoint_auth_method: 'none',
      },
      {
        client_id: 'by-address',
        grant_types: ['client_credentials'],
        scopes: ['reports'],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        allow_private_network: true,
        jwks_uri: `http://keys.localhost:${(keySet.address() as AddressInfo).port}/jwks.json`,
      },
    ],
  });
});
after(async () => {
  await house.close();
  await new Promise((resolve) => keySet.close(resolve));
});

const methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'] as const;
type Method = (typeof methods)[number];

async function send(path: string, clientId: string, method: Method, fields: Record<string, string>, alg = 'HS384') {
  const credentials = { client_id: clientId, ...fields };
  switch (method) {
    case 'client_secret_basic':
      return post(house, path, credentials, {
        authorization: `Basic ${btoa(`${clientId}:${encodeURIComponent(secret)}`)}`,
      });
    case 'client_secret_post':
      return post(house, path, { ...credentials, client_secret: secret });
    case 'none':
      return post(house, path, credentials);
    default: {
      const signed = await (method === 'client_secret_jwt'
        ? signAssertion(house, clientId, Buffer.from(secret), { header: { alg } })
        : signAssertion(house, clientId, key.privateKey));
      return post(house, path, { ...credentials, client_assertion: signed, client_assertion_type: assertionType });
    }
  }
}

const pushed = Object.fromEntries(
  new URL(authorizationPath({ scope: 'reports', client_id: undefined }), 'https://x.example').searchParams,
);
const requests: readonly (readonly [path: string, fields: Record<string, string>, ok: number])[] = [
  ['/api/oidc/token', { grant_type: 'client_credentials', scope: 'reports' }, 200],
  ['/api/oidc/revocation', { token: 'unknown' }, 200],
  ['/api/oidc/introspection', { token: 'unknown' }, 200],
  ['/api/oidc/pushed-authorization-request', pushed, 201],
];

async function takenAt(clientId: string): Promise<Record<string, Method[]>> {
  const taken: Record<string, Method[]> = {};
  for (const [path, fields, ok] of requests)
    for (const method of methods) {
      const { status, body } = await send(path, clientId, method, fields);
      const name = path.slice('/api/oidc/'.length);
      if (status === ok) taken[name] = [...(taken[name] ?? []), method];
      else assert.deepEqual([status, body.error], [401, 'invalid_client'], `${path} ${method}`);
    }
  return taken;
}

test('each endpoint takes the method that is registered for it, and no other', async () => {
  assert.deepEqual(await takenAt('mixed'), {
    token: ['client_secret_basic'],
    revocation: ['client_secret_post'],
    introspection: ['private_key_jwt'],
    'pushed-authorization-request': ['client_secret_jwt'],
  });
});

test('an endpoint without a method of its own takes Basic, whatever the token endpoint takes', async () => {
  assert.deepEqual(await takenAt('token-only'), {
    token: ['client_secret_post'],
    revocation: ['client_secret_basic'],
    introspection: ['client_secret_basic'],
    'pushed-authorization-request': ['client_secret_basic'],
  });
});

test('a public client says only who it is, at every endpoint', async () => {
  for (const [path, fields, ok] of requests.slice(1)) {
    const body = path.endsWith('request') ? { ...fields, scope: 'openid' } : fields;
    assert.equal((await send(path, 'public', 'none', body)).status, ok, path);
    assert.equal((await send(path, 'public', 'client_secret_basic', body)).status, 401, path);
    assert.equal((await send(path, 'public', 'client_secret_post', body)).status, 401, path);
    assert.equal((await send(path, 'public', 'private_key_jwt', body)).status, 401, path);
  }
});

test('each endpoint has its own algorithm too', async () => {
  const path = '/api/oidc/pushed-authorization-request';
  assert.equal((await send(path, 'mixed', 'client_secret_jwt', pushed, 'HS384')).status, 201);
  assert.equal((await send(path, 'mixed', 'client_secret_jwt', pushed, 'HS256')).status, 401);
});

test('with allow_multiple_auth_methods a secret may come in the other place, and a wrong one still opens nothing', async () => {
  const [path, fields] = requests[0] ?? ['', {}];
  assert.equal((await send(path, 'lenient', 'client_secret_post', fields)).status, 200);
  assert.equal((await send(path, 'lenient', 'client_secret_basic', fields)).status, 200);
  const wrong = await post(house, path, { ...fields, client_id: 'lenient', client_secret: 'wrong' });
  assert.equal(wrong.status, 401);
});

test('two credentials in one request are refused', async () => {
  const [path, fields] = requests[0] ?? ['', {}];
  const both = await post(
    house,
    path,
    { ...fields, client_id: 'mixed', client_secret: secret },
    { authorization: `Basic ${btoa(`mixed:${encodeURIComponent(secret)}`)}` },
  );
  assert.deepEqual([both.status, both.body.error], [400, 'invalid_request']);
});

test('keys behind jwks_uri are fetched once while they are fresh, and only those published count', async () => {
  const [path, fields] = requests[0] ?? ['', {}];
  const present = async (pair: typeof key, kid: string) =>
    post(house, path, {
      ...fields,
      client_assertion_type: assertionType,
      client_assertion: await signAssertion(house, 'by-address', pair.privateKey, { header: { kid } }),
    });
  assert.equal((await present(key, 'one')).status, 200);
  assert.equal((await present(key, 'one')).status, 200);
  assert.equal(published.asked, 1);
  assert.equal((await present(rotated, 'two')).status, 401, 'a key that is not published');
});
