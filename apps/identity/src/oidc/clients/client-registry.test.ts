import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openClients } from './client-registry.ts';
import type { Client } from './clients.ts';

const clientNamed = (id: string): Client => ({ id, name: id }) as Client;

test('a client from storage is at hand once it was loaded, and forgotten once it is gone', async () => {
  const stored = new Map([['tv', clientNamed('tv')]]);
  const clients = openClients(new Map(), { find: async (id) => stored.get(id) });
  assert.equal(clients.get('tv'), undefined);
  assert.equal((await clients.find('tv'))?.id, 'tv');
  assert.equal(clients.get('tv')?.id, 'tv');
  stored.delete('tv');
  assert.equal(await clients.find('tv'), undefined);
  assert.equal(clients.get('tv'), undefined);
});

test('a client of the configuration is never looked for in storage', async () => {
  const own = clientNamed('leantime');
  const clients = openClients(new Map([['leantime', own]]), { find: async () => clientNamed('somebody else') });
  assert.equal(await clients.find('leantime'), own);
  assert.deepEqual([...clients.values()], [own]);
});

test('without a storage of clients an unknown one stays unknown', async () => {
  assert.equal(await openClients(new Map(), undefined).find('tv'), undefined);
});
