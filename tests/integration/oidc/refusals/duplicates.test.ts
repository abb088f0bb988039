/** A parameter that stands twice is refused wherever it stands: two readers could each believe another one. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  codeFor,
  exchange,
  verifier,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { callback, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

let house: House;
before(async () => {
  house = await openHouse();
});
after(() => house.close());

const asked = {
  nonce: 'a nonce of enough characters',
  prompt: 'login',
  max_age: '100',
  claims: '{"userinfo":{"email":null}}',
  login_hint: 'alice',
  response_mode: 'query',
};

test('each parameter of an authorization request once is answered with a code', async () => {
  const response = await authorize(house.browser(), authorizationPath(asked), aliceAgrees);
  assert.match(response.headers.get('location') ?? '', /[?&]code=/);
});

const request = new URLSearchParams(authorizationPath(asked).split('?')[1]);
for (const [name, value] of request)
  for (const [kind, second] of [
    ['the same value', value],
    ['another value', `${value}-other`],
  ] as const)
    test(`attack 31: ${name} twice in an authorization request, the second time with ${kind}, gets no code`, async () => {
      const path = `${authorizationPath(asked)}&${new URLSearchParams({ [name]: second })}`;
      const response = await house.browser().go(path);
      const location = response.headers.get('location') ?? '';
      assert.ok(response.status === 400 || location.startsWith(`${callback}?error=invalid_request`), location);
      const [refusal] = await house.refusals();
      assert.equal(refusal?.error, 'invalid_request');
    });

test('each parameter of a token request twice redeems nothing', async () => {
  const code = await codeFor(house.browser());
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    client_id: 'leantime',
    client_secret: 'insecure_secret',
  };
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/token`;
  for (const [name, value] of Object.entries(fields))
    for (const second of [value, `${value}-other`]) {
      const body = new URLSearchParams(fields);
      body.append(name, second);
      const answer = await fetch(url, { method: 'POST', body });
      const { error } = (await answer.json()) as { error?: string };
      assert.deepEqual([answer.status, error], [400, 'invalid_request'], name);
    }
  assert.equal((await exchange(house, code)).status, 200, 'and the code is still good');
});
