/** Requests of a size nobody needs get a clear answer soon, and the provider goes on. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import {
  authorizationPath,
  codeFor,
  exchange,
  landing,
  type Params,
  post,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  const pushed_authorization_request_endpoint_auth_method = 'client_secret_post';
  house = await openHouse({ clients: [{ ...guideClient, pushed_authorization_request_endpoint_auth_method }] });
});
after(() => house.close());
const secret = { client_id: 'leantime', client_secret: 'insecure_secret' };

const megabyte = 'x'.repeat(1024 * 1024);
const pushPath = '/api/oidc/pushed-authorization-request';

function push(changes: Params) {
  const fields = Object.fromEntries(new URLSearchParams(authorizationPath().split('?')[1]));
  return post(house, pushPath, { ...fields, ...secret, ...changes });
}

async function assertAlive(): Promise<void> {
  assert.equal((await exchange(house, await codeFor(house.browser()))).status, 200);
}

for (const [path, fields] of [
  ['/api/oidc/token', { ...secret, grant_type: 'authorization_code', code: megabyte }],
  [pushPath, { ...secret, state: megabyte }],
  ['/api/oidc/introspection', { ...secret, token: megabyte }],
  ['/api/oidc/revocation', { ...secret, token: megabyte }],
] as const)
  test(`attack 54: a megabyte at ${path} is 400 invalid_request, and recorded as too large`, async () => {
    const answer = await post(house, path, fields);
    assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request']);
    const [refusal] = await house.refusals();
    assert.equal(refusal?.cause, 'too-large');
    assert.ok(JSON.stringify(refusal).length < 2000);
    await assertAlive();
  });

test('attack 54: an authorization request of a megabyte is refused before it is read', async () => {
  const { port } = new URL(house.issuer);
  const status = await new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: authorizationPath({ state: megabyte }) }, (res) => {
      res.resume();
      resolve(res.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 431);
  const form = await fetch(`http://127.0.0.1:${port}/api/oidc/authorization`, {
    method: 'POST',
    body: new URLSearchParams({ ...secret, state: megabyte }),
    redirect: 'manual',
  });
  assert.equal(form.status, 413);
  await assertAlive();
});

test('attack 54: ten thousand scopes are one clear refusal', async () => {
  const scopes = Array.from({ length: 10_000 }, (_, index) => index.toString(36)).join(' ');
  const answer = await push({ scope: `openid ${scopes}` });
  assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_scope']);
  const [refusal] = await house.refusals();
  assert.equal(refusal?.cause, 'scope-unregistered');
  assert.ok(JSON.stringify(refusal).length < 2000);
  await assertAlive();
});

test('attack 54: ten thousand times the same scope is one scope', async () => {
  const answer = await push({ scope: `openid${' email'.repeat(8_000)}` });
  assert.equal(answer.status, 201);
});

test('attack 54: claims nested thousands deep are refused', async () => {
  for (const claims of [
    `{"userinfo":{"email":{"value":${'['.repeat(3_900)}${']'.repeat(3_900)}}}}`,
    `${'{"userinfo":'.repeat(2_000)}null${'}'.repeat(2_000)}`,
    `{"userinfo":{"email":{"value":${'['.repeat(5_000)}${']'.repeat(5_000)}}}}`,
    `{"userinfo":{"email":${'{"x":'.repeat(3_000)}1${'}'.repeat(3_000)}}}`,
    `${'['.repeat(5_000)}${']'.repeat(20_000)}`,
  ]) {
    const answer = await push({ claims });
    assert.deepEqual([answer.status, answer.body.error], [400, 'invalid_request'], JSON.stringify(answer.body));
  }
  await assertAlive();
});

test('attack 54: a thousand parameters of the same name are refused', async () => {
  const path = `${authorizationPath({ prompt: 'none' })}${'&state=1'.repeat(500)}`;
  assert.equal(landing(await house.browser().go(path)).searchParams.get('error'), 'invalid_request');
  await assertAlive();
});

test('attack 54: a flood of different bad requests leaves a bounded number of rows', async () => {
  const browser = house.browser();
  for (let batch = 0; batch < 4; batch += 1) {
    for (let each = 0; each < 60; each += 1) {
      const tried = `${batch}-${each}`;
      await browser.go(authorizationPath({ redirect_uri: `https://evil.example/${tried}` }));
      await browser.go(authorizationPath({ client_id: 'x'.repeat(60 * batch + each) }));
    }
    await house.refusals();
  }
  const kept = await house.refusals();
  assert.equal(kept.filter(({ clientId }) => clientId === 'leantime').length, 100);
  assert.equal(kept.filter(({ isKnownClient }) => !isKnownClient).length, 100);
});
