/** The response type `token` alone (RFC 6749 section 4.2): for the client that is registered for it, and for no other. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  authorizationPath,
  authorize,
  landing,
  type Params,
  state,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const implicit = {
  ...guideClient,
  client_id: 'implicit',
  response_types: ['token'],
  grant_types: ['implicit'],
  response_modes: ['query', 'fragment'],
  // Asks for PKCE, which has nothing to protect where there is no code.
  require_pkce: true,
};

let house: House;
before(async () => {
  house = await openHouse({ clients: [guideClient, implicit] });
});
after(() => house.close());

const plain: Params = { code_challenge: undefined, code_challenge_method: undefined };

function asked(changes: Params = {}): string {
  return authorizationPath({ ...plain, client_id: 'implicit', response_type: 'token', ...changes });
}

async function discovered(of: House): Promise<readonly string[]> {
  const url = `http://127.0.0.1:${new URL(of.issuer).port}/.well-known/openid-configuration`;
  return ((await (await fetch(url)).json()) as { response_types_supported: string[] }).response_types_supported;
}

test('the answer is an access token in the fragment, and nothing else that opens anything', async () => {
  const url = landing(await authorize(house.browser(), asked()));
  assert.equal(url.search, '');
  const answer = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
  const { access_token: token, ...rest } = answer;
  assert.deepEqual(rest, {
    token_type: 'Bearer',
    expires_in: '3600',
    scope: 'openid profile email groups',
    state,
    iss: house.issuer,
  });
  const info = await userinfo(house, token);
  assert.equal(info.status, 200);
  assert.equal(info.body.preferred_username, 'alice');
});

test('a query is no place for a token, whatever modes are registered', async () => {
  const url = landing(await authorize(house.browser(), asked({ response_mode: 'query' })));
  assert.doesNotMatch(url.href, /access_token/);
  assert.match(url.href, /error=invalid_request/);
});

test('a client that is registered for a code gets no token in front, and one registered for it gets no code', async () => {
  for (const changes of [{ client_id: 'leantime' }, { response_type: 'code' }, { response_type: 'id_token token' }]) {
    const response = await authorize(house.browser(), asked({ nonce: 'a-nonce-of-enough', ...changes }));
    assert.equal(response.status, 400, JSON.stringify(changes));
    assert.equal(house.pages.at(-1)?.code, 'response-type');
  }
});

test('discovery offers it where a client is registered for it, and nowhere else', async () => {
  assert.ok((await discovered(house)).includes('token'));
  const without = await openHouse();
  try {
    assert.ok(!(await discovered(without)).includes('token'));
  } finally {
    await without.close();
  }
});
