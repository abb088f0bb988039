import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween } from './changes.ts';
import { needsRestart } from './restart-only.ts';

const client = (id: string, more: object = {}) => ({ client_id: id, scopes: ['openid'], ...more });
const withClients = (...clients: ReturnType<typeof client>[]) => ({ identity_providers: { oidc: { clients } } });

test('clients go by their id, wherever they stand in the list', () => {
  const former = withClients(client('a'), client('b'), client('c'));
  const next = withClients(client('c', { client_name: 'C' }), client('a'), client('d'));
  assert.deepEqual(changesBetween(former, next), {
    keys: [],
    clientsAdded: ['d'],
    clientsRemoved: ['b'],
    clientsChanged: ['c'],
  });
});

test('everything else goes by its key, the deepest that is in both', () => {
  const former = { a: { b: 1, gone: 2 }, list: ['x'], entries: [{ k: 1 }, { k: 2 }], same: { z: 1 } };
  const next = { a: { b: 2, come: 3 }, list: ['x', 'y'], entries: [{ k: 1 }, { k: 3 }], same: { z: 1 } };
  assert.deepEqual(changesBetween(former, next).keys, ['a.b', 'a.gone', 'a.come', 'list', 'entries[1].k']);
});

test('a list of sections that grew is named as a whole', () => {
  assert.deepEqual(changesBetween({ keys: [{ k: 1 }] }, { keys: [{ k: 1 }, { k: 2 }] }).keys, ['keys']);
});

test('no value is ever told', () => {
  const told = JSON.stringify(changesBetween({ storage: { encryption_key: 'old' } }, { storage: 'new' }));
  assert.doesNotMatch(told, /old|new/);
});

test('what a running process cannot change is known with all that stands below it, and nothing else is', () => {
  for (const key of ['storage', 'storage.local.path', 'server.address', 'server.tls.key', 'log.format'])
    assert.ok(needsRestart(key), key);
  for (const key of ['log.level', 'server.trusted_proxies', 'server.timeouts.read', 'session', 'storages'])
    assert.ok(!needsRestart(key), key);
});
