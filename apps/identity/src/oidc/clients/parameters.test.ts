import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideClient } from '../house.testing.ts';
import type { ClientOptions, OidcOptions } from '../options.ts';
import { registerClients } from './clients.ts';
import { entropyMin, nonceFault, pkceRule, stateFault } from './parameters.ts';

function rule(client: Partial<ClientOptions>, oidc: Partial<OidcOptions> = {}) {
  const { require_pkce: _, pkce_challenge_method: __, ...plain } = guideClient;
  const options: OidcOptions = { jwks: [], clients: [{ ...plain, ...client }], ...oidc };
  const registered = registerClients(options, {}, [], () => undefined).get('leantime');
  assert.ok(registered);
  return pkceRule(registered, options);
}
const isPublic = { public: true, token_endpoint_auth_method: 'none' };

test('PKCE is asked of public clients, of everybody, or of nobody, as enforce_pkce says', () => {
  assert.equal(rule({}), undefined);
  assert.equal(rule(isPublic), 'enforce_pkce');
  assert.equal(rule({}, { enforce_pkce: 'always' }), 'enforce_pkce');
  assert.equal(rule(isPublic, { enforce_pkce: 'never' }), undefined);
});

test('a client that requires PKCE, or pins its method, is asked for it whatever enforce_pkce says', () => {
  assert.equal(rule({ require_pkce: true }, { enforce_pkce: 'never' }), 'require_pkce');
  assert.equal(rule({ pkce_challenge_method: 'S256' }, { enforce_pkce: 'never' }), 'pkce_challenge_method');
});

test('a state is mandatory and at least eight characters long, unless the check is off', () => {
  assert.deepEqual(stateFault(undefined, undefined), { kind: 'state-missing' });
  assert.deepEqual(stateFault('', undefined), { kind: 'state-missing' });
  assert.deepEqual(stateFault('1234567', undefined), { kind: 'too-short', name: 'state', charactersMin: 8 });
  assert.equal(stateFault('12345678', undefined), undefined);
  assert.equal(stateFault(undefined, -1), undefined);
});

test('a nonce may be absent, but not short', () => {
  assert.equal(nonceFault(undefined, 8), undefined);
  assert.deepEqual(nonceFault('1234567', 8), { kind: 'too-short', name: 'nonce', charactersMin: 8 });
  assert.equal(nonceFault('12345678', 8), undefined);
  assert.equal(nonceFault('1', -1), undefined);
});

test('eight is the default, and zero or less is no check', () => {
  assert.deepEqual([undefined, 0, 12, -1].map(entropyMin), [8, 0, 12, 0]);
});
