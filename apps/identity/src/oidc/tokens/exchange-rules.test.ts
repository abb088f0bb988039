import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../clients/clients.ts';
import { decideExchange } from './exchange-rules.ts';

const api = {
  id: 'api',
  scopes: new Set(['read', 'write', 'offline_access', 'admin']),
  options: { client_id: 'api', audience: ['reports', 'https://store.example.com'] },
} as unknown as Client;
const token = {
  clientId: 'app',
  scopes: new Set(['read', 'write', 'offline_access', 'openid']),
  audiences: ['api', 'reports', 'https://store.example.com/v1'],
};

test("a client exchanges its own tokens, and another's only where it is among the audiences", () => {
  assert.equal(decideExchange(api, token, {}).kind, 'given');
  assert.equal(decideExchange(api, { ...token, audiences: ['reports'] }, {}).kind, 'foreign');
  assert.equal(decideExchange(api, { ...token, clientId: 'api', audiences: ['reports'] }, {}).kind, 'given');
});

test('without a scope it gets what both the token and its registration have, never lasting access', () => {
  const given = decideExchange(api, token, {});
  assert.deepEqual(given.kind === 'given' && given.scopes, ['read', 'write']);
});

test('a scope beyond the token, beyond the registration, or a lasting one is refused', () => {
  assert.deepEqual(decideExchange(api, token, { scope: 'read' }).kind, 'given');
  for (const scope of ['admin', 'openid', 'offline_access', 'unknown'])
    assert.deepEqual(decideExchange(api, token, { scope: `read ${scope}` }), { kind: 'scope-refused', scope });
});

test('audiences are those of the token that the client is registered for', () => {
  const given = decideExchange(api, token, {});
  assert.deepEqual(given.kind === 'given' && given.audiences, ['reports']);
  const named = decideExchange(api, token, { resource: 'https://store.example.com/v1' });
  assert.deepEqual(named.kind === 'given' && named.audiences, ['https://store.example.com/v1']);
  for (const asked of [{ audience: 'api' }, { resource: 'https://store.example.com' }, { audience: 'other' }])
    assert.equal(decideExchange(api, token, asked).kind, 'audience-refused');
});

test('a token for some services becomes none without audiences, one without stays so', () => {
  assert.equal(decideExchange(api, { ...token, audiences: ['api'] }, {}).kind, 'audience-refused');
  const free = decideExchange(api, { ...token, clientId: 'api', audiences: [] }, {});
  assert.deepEqual(free.kind === 'given' && free.audiences, []);
  assert.equal(
    decideExchange(api, { ...token, clientId: 'api', audiences: [] }, { audience: 'reports' }).kind,
    'audience-refused',
  );
});
