/** The config plan: one module, the discovery document against what it has to hold. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Json, openSuite, type Suite } from './suite.ts';

describe('config', () => {
  let suite: Suite;
  before(async () => {
    suite = await openSuite();
  });
  after(() => suite[Symbol.asyncDispose]());

  test('oidcc-discovery-endpoint-verification: the document says what is there', async () => {
    const browser = suite.browser();
    const { status, headers } = await browser.http.get('/.well-known/openid-configuration');
    assert.equal(status, 200);
    assert.match(String(headers['content-type']), /^application\/json/);
    const { discovery, portal } = suite;
    assert.equal(discovery.issuer, portal.issuer);
    const lists = (name: string): readonly unknown[] => [discovery[name]].flat();
    for (const type of ['code', 'id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'])
      assert.ok(lists('response_types_supported').includes(type), type);
    for (const grant of ['authorization_code', 'implicit', 'refresh_token'])
      assert.ok(lists('grant_types_supported').includes(grant), grant);
    assert.ok(lists('subject_types_supported').includes('public'));
    assert.ok(lists('id_token_signing_alg_values_supported').includes('RS256'));
    assert.ok(lists('scopes_supported').includes('openid'));
    assert.ok(lists('code_challenge_methods_supported').includes('S256'));
    assert.equal(discovery.claims_parameter_supported, true);
    for (const claim of ['sub', 'name', 'email', 'address', 'phone_number', 'auth_time'])
      assert.ok(lists('claims_supported').includes(claim), claim);
    for (const endpoint of Object.keys(discovery).filter((name) => /_endpoint$|_uri$/.test(name)))
      assert.ok(String(discovery[endpoint]).startsWith(`${portal.issuer}/`), endpoint);
    for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'])
      assert.equal(typeof discovery[name], 'string', name);
    const { body } = await browser.http.get('/jwks.json');
    const { keys } = JSON.parse(body) as { keys: readonly Json[] };
    assert.equal(new Set(keys.map((key) => key.kid)).size, keys.length);
    for (const key of keys) {
      assert.ok(typeof key.kid === 'string' && typeof key.use === 'string' && typeof key.alg === 'string');
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.ok(!(secret in key), secret);
    }
  });
});
