/** Which pages of other origins may read an answer, over HTTP: each endpoint, each kind of origin, request and preflight. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const app = 'https://app.example.com';
const spa = 'https://spa.example.com';
const open = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/jwks.json'];
const listed = ['token', 'userinfo', 'introspection', 'revocation'].map((name) => `/api/oidc/${name}`);
const closed = ['/api/oidc/authorization', '/api/oidc/pushed-authorization-request', '/api/oidc/logout'];
const strangers = [
  'https://elsewhere.example.org',
  'null',
  'http://spa.example.com',
  'https://spa.example.com.evil.test',
  'https://spa.example.com:8443',
  'https://SPA.example.com',
  `${spa}/`,
];

let house: House;
before(async () => {
  house = await openHouse({
    clients: [{ ...guideClient, redirect_uris: [`${app}/callback`] }],
    oidc: {
      cors: { endpoints: ['token', 'userinfo', 'introspection', 'revocation'], allowed_origins: [spa] },
    },
  });
});
after(() => house.close());

async function headersFor(method: string, path: string, origin: string): Promise<Headers> {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const answer = await house.browser().go(path, { method, headers });
  return answer.headers;
}

const granted = (headers: Headers) => [
  headers.get('access-control-allow-origin'),
  headers.get('access-control-allow-credentials'),
];

for (const method of ['POST', 'OPTIONS'])
  test(`${method}: a listed origin may read listed endpoints, and no other`, async () => {
    for (const path of listed) assert.deepEqual(granted(await headersFor(method, path, spa)), [spa, 'true'], path);
    for (const path of closed) assert.deepEqual(granted(await headersFor(method, path, spa)), [null, null], path);
  });

for (const method of ['POST', 'OPTIONS'])
  test(`attack 46: ${method}: neither strangers nor null nor near names are reflected`, async () => {
    for (const path of [...listed, ...closed])
      for (const origin of [...strangers, app])
        assert.deepEqual(granted(await headersFor(method, path, origin)), [null, null], `${path} ${origin}`);
  });

test('public documents are everybody’s, without credentials', async () => {
  for (const path of open)
    for (const origin of [spa, 'null', ...strangers])
      assert.deepEqual(granted(await headersFor('GET', path, origin)), ['*', null], `${path} ${origin}`);
});

test('answers differ by origin and say so, and a preflight says what may be sent', async () => {
  const headers = await headersFor('OPTIONS', '/api/oidc/token', spa);
  assert.match(headers.get('vary') ?? '', /Origin/);
  assert.equal(headers.get('access-control-max-age'), '100');
  assert.match(headers.get('access-control-allow-methods') ?? '', /POST/);
  assert.match(headers.get('access-control-allow-headers') ?? '', /Authorization/);
  assert.match((await headersFor('POST', '/api/oidc/token', 'null')).get('vary') ?? '', /Origin/);
});
