/** `enable_client_debug_messages`: what an application learns of its refusal, with the option and without it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { authorizationPath, exchange, landing } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const descriptive = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const withoutChallenge = { code_challenge: undefined, code_challenge_method: undefined };
const reference = /Reference [0-9A-Z]{4}-[0-9A-Z]{4}/;

describe('with enable_client_debug_messages', () => {
  let house: House;
  before(async () => {
    house = await openHouse({ oidc: { enable_client_debug_messages: true } });
  });
  after(() => house.close());

  test('an endpoint tells the cause and the reference, in the characters that the protocol allows', async () => {
    const { status, body } = await exchange(house, 'a code', { client_secret: '"insecure_secret"' });
    assert.equal(status, 401);
    assert.match(body.error_description ?? '', /quotation marks/);
    assert.match(body.error_description ?? '', reference);
    assert.match(body.error_description ?? '', descriptive);
    assert.doesNotMatch(JSON.stringify(body), /insecure_secret/);
  });

  test('the redirect tells it, in the query and in the fragment', async () => {
    const asked = { ...withoutChallenge, prompt: 'none' };
    const query = landing(await house.browser().go(authorizationPath(asked)));
    assert.match(query.searchParams.get('error_description') ?? '', /PKCE.*code_challenge.*Reference/);
    const fragment = landing(await house.browser().go(authorizationPath({ ...asked, response_type: 'id_token' })));
    const answer = new URLSearchParams(fragment.hash.slice(1));
    assert.match(answer.get('error_description') ?? '', reference);
    for (const each of [query.searchParams, answer]) {
      assert.ok(each.get('error'));
      assert.ok(each.get('iss'));
      assert.match(each.get('error_description') ?? '', descriptive);
    }
  });

  test('the button of the error page carries it too', async () => {
    await house.browser().go(authorizationPath(withoutChallenge));
    const back = new URL(house.pages.at(-1)?.back?.href ?? '');
    assert.match(back.searchParams.get('error_description') ?? '', reference);
  });

  test('an answer that is no refusal is left alone', async () => {
    const response = await house.browser().go(authorizationPath());
    assert.match(response.headers.get('location') ?? '', /^\/sign-in\//);
  });
});

describe('without enable_client_debug_messages', () => {
  test('an application gets the sentence of the protocol and nothing of the configuration', async () => {
    const house = await openHouse();
    try {
      const { body } = await exchange(house, 'a code', { client_secret: 'wrong' });
      assert.deepEqual(body, { error: 'invalid_client', error_description: 'client authentication failed' });
      const target = landing(await house.browser().go(authorizationPath({ ...withoutChallenge, prompt: 'none' })));
      assert.doesNotMatch(target.href, /Reference|require_pkce|configuration/);
    } finally {
      await house.close();
    }
  });
});
