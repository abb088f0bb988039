import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deprecatedKeys } from '../source/deprecated.ts';
import { keysBelow, knownKeys } from './known-keys.ts';

const authelia = readFileSync(join(import.meta.dirname, '../fixtures/authelia-keys.txt'), 'utf8')
  .trim()
  .split('\n');

test('every one of Authelia’s 503 keys is known', () => {
  const known = new Set([...knownKeys(), ...deprecatedKeys]);
  assert.equal(authelia.length, 503);
  assert.deepEqual(
    authelia.filter((key) => !known.has(key)),
    [],
  );
});

test('what is known beyond them is ours by intent', () => {
  const theirs = new Set(authelia.flatMap(withAncestors));
  const ours = knownKeys().filter((key) => !theirs.has(key) && !theirs.has(key.replace(/(\[\])+$/, '')));
  assert.deepEqual(ours, [
    'administration',
    'administration.groups',
    'administration.groups[]',
    'branding',
    'branding.name',
    'branding.accent',
    'server.trusted_proxies',
    'server.trusted_proxies[]',
    'server.watch_configuration',
    'server.endpoints.rate_limits.first_factor',
    'server.endpoints.rate_limits.first_factor.enable',
    'server.endpoints.rate_limits.first_factor.buckets',
    'server.endpoints.rate_limits.first_factor.buckets[]',
    'server.endpoints.rate_limits.first_factor.buckets[].period',
    'server.endpoints.rate_limits.first_factor.buckets[].requests',
    'webauthn.metadata.url',
    'notifier.sign_in_from_new_place',
    'identity_providers.oidc.jwks[].not_before',
    'identity_providers.oidc.jwks[].not_after',
    'identity_providers.oidc.dynamic_client_registration',
    'identity_providers.oidc.dynamic_client_registration.enabled',
    'identity_providers.oidc.dynamic_client_registration.require_initial_access_token',
    'identity_providers.oidc.dynamic_client_registration.authorization_policy',
    'identity_providers.oidc.dynamic_client_registration.consent_mode',
    'identity_providers.oidc.dynamic_client_registration.scopes',
    'identity_providers.oidc.dynamic_client_registration.scopes[]',
    'identity_providers.oidc.dynamic_client_registration.grant_types',
    'identity_providers.oidc.dynamic_client_registration.grant_types[]',
    'identity_providers.oidc.dynamic_client_registration.response_types',
    'identity_providers.oidc.dynamic_client_registration.response_types[]',
    'identity_providers.oidc.dynamic_client_registration.clients_max',
    'identity_providers.oidc.dynamic_client_registration.unused_client_lifespan',
    'identity_providers.oidc.clients[].post_logout_redirect_uris',
    'identity_providers.oidc.clients[].post_logout_redirect_uris[]',
    'identity_providers.oidc.clients[].backchannel_logout_uri',
    'identity_providers.oidc.clients[].frontchannel_logout_uri',
    'identity_providers.oidc.clients[].frontchannel_logout_session_required',
    'identity_providers.oidc.clients[].allow_private_network',
    'identity_providers.oidc.clients[].dpop_bound_access_tokens',
    'identity_providers.oidc.clients[].default_acr_values',
    'identity_providers.oidc.clients[].default_acr_values[]',
  ]);
});

test('the keys of a section are told by path', () => {
  assert.deepEqual(keysBelow(['log']), ['level', 'format', 'file_path', 'keep_stdout']);
  assert.ok(keysBelow(['identity_providers', 'oidc', 'clients', 3])?.includes('redirect_uris'));
  assert.ok(keysBelow(['server', 'endpoints', 'authz', 'mine'])?.includes('implementation'));
  assert.equal(keysBelow(['server', 'endpoints', 'authz']), undefined);
  assert.equal(keysBelow(['log', 'constructor']), undefined);
});

function withAncestors(key: string): string[] {
  const parts = key.split('.');
  return parts.flatMap((_, index) => {
    const name = parts.slice(0, index + 1).join('.');
    return [name, name.replace(/(\[\])+$/, ''), name.replace(/\[\]$/, '')];
  });
}
