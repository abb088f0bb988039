import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Caller, Outgoing } from '../calls/outgoing.ts';
import { registerClients } from '../clients/clients.ts';
import { guideClient } from '../house.testing.ts';
import { engineFetch } from './engine-fetch.ts';

const home = 'https://app.home.example/jwks';
const clients = registerClients(
  {
    jwks: [],
    clients: [
      { ...guideClient, client_id: 'outside', jwks_uri: 'https://app.example.com/jwks' },
      { ...guideClient, client_id: 'house', jwks_uri: home, allow_private_network: true },
      { ...guideClient, client_id: 'same-address', sector_identifier_uri: home },
    ],
  },
  {},
  [],
  () => undefined,
);

test('a call is made for the client with whom its address stands, and for none of the house otherwise', async () => {
  const callers: Record<string, Caller> = {};
  const outgoing: Outgoing = async (url, _request, caller) => {
    callers[url] = caller;
    return new Response('{}');
  };
  const fetch = engineFetch(outgoing, clients);
  for (const url of ['https://app.example.com/jwks', home, 'https://registered.example/jwks']) await fetch(url);
  assert.deepEqual(
    Object.values(callers).map(({ mayCallPrivate }) => mayCallPrivate),
    [false, true, false],
  );
  assert.equal(callers[home]?.clientId, 'house');
});
