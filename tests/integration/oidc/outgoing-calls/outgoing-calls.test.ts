/** What an application’s own addresses can make the provider call: nothing of the house, unless an administrator says so. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { exportJWK } from 'jose';
import { openOutgoing } from '../../../../apps/identity/src/oidc/calls/outgoing.ts';
import { post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import {
  assertionType,
  keyPair,
  signAssertion,
} from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import { confirmSectors } from '../../../../apps/identity/src/oidc/clients/sector-document.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

const own = keyPair();
const asked: string[] = [];
let server: Server;
let house: House;
let port: number;

/** Every name outside leads into the house. */
const intoTheHouse: LookupFunction = (_name, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }]);

before(async () => {
  const { d: _secret, ...publicKey } = await exportJWK(own.privateKey);
  server = createServer((req, res) => {
    asked.push(req.url ?? '');
    if (req.url === '/moved') res.writeHead(302, { location: '/keys' }).end();
    else res.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [publicKey] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  const machine = (client_id: string, jwks_uri: string, allow_private_network: boolean): ClientOptions => ({
    ...{ client_id, jwks_uri, allow_private_network },
    ...{ grant_types: ['client_credentials'], scopes: ['reports'] },
    ...{ token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256' },
  });
  house = await openHouse({
    lookup: intoTheHouse,
    clients: [
      guideClient,
      machine('permitted', `http://keys.localhost:${port}/keys`, true),
      machine('forbidden', `http://keys.localhost:${port}/other-keys`, false),
      machine('moved', `http://keys.localhost:${port}/moved`, true),
      machine('rebound', `https://keys.example.com:${port}/keys`, false),
      machine('metadata', 'https://169.254.169.254/keys', true),
    ],
  });
});
beforeEach(() => {
  asked.length = 0;
});
after(async () => {
  await house.close();
  server.close();
  server.closeAllConnections();
});

async function signIn(clientId: string) {
  return post(house, '/api/oidc/token', {
    grant_type: 'client_credentials',
    scope: 'reports',
    client_assertion_type: assertionType,
    client_assertion: await signAssertion(house, clientId, own.privateKey),
  });
}

test('keys at a private address are read with the permission', async () => {
  const answer = await signIn('permitted');
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual(asked, ['/keys']);
});

test('attack 51: jwks_uri at a private address is not called without the permission, and the log names the key', async () => {
  const answer = await signIn('forbidden');
  assert.ok(answer.status >= 400);
  assert.deepEqual(asked, []);
  assert.match(
    JSON.stringify(house.lines),
    /If client 'forbidden' is meant to be there, set 'allow_private_network: true'/,
  );
  assert.doesNotMatch(JSON.stringify(answer.body), /127\.0\.0\.1|localhost/);
});

test('attack 51: jwks_uri by a public name that leads into the house is not called', async () => {
  assert.ok((await signIn('rebound')).status >= 400);
  assert.deepEqual(asked, []);
});

test('attack 51: jwks_uri at a link-local address is not called with the permission either', async () => {
  assert.ok((await signIn('metadata')).status >= 400);
  assert.match(JSON.stringify(house.lines), /an address that no client may lead to, named by client 'metadata'/);
});

test('attack 51: jwks_uri that redirects is not followed', async () => {
  assert.ok((await signIn('moved')).status >= 400);
  assert.deepEqual(asked, ['/moved']);
});

test('attack 51: the document of a sector is read through the same door', async () => {
  const warnings: string[] = [];
  const outgoing = openOutgoing({
    lookup: intoTheHouse,
    log: { warn: (_fields, message) => void warnings.push(message) },
  });
  const client = { ...guideClient, sector_identifier_uri: `https://sector.example.com:${port}/uris` };
  await assert.rejects(confirmSectors([client], outgoing), { code: 'sector-unconfirmed' });
  assert.match(warnings.join(), /sector\.example\.com leads to 127\.0\.0\.1/);
  assert.deepEqual(asked, []);
});
