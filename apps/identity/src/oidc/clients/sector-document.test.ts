import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { openOutgoing } from '../calls/outgoing.ts';
import { confirmSectors } from './sector-document.ts';

let server: Server;
let origin: string;
let asked = 0;
before(async () => {
  server = createServer((req, res) => {
    asked += 1;
    if (req.url === '/list') res.end(JSON.stringify(['https://a.example.com/cb', 'https://b.example.com/cb']));
    else if (req.url === '/object') res.end('{"a":1}');
    else if (req.url === '/text') res.end('<html>');
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://sector.localhost:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

const outgoing = openOutgoing({ log: { warn: () => undefined } });
const of = (path: string, ...redirectUris: string[]) => ({
  client_id: 'shop',
  redirect_uris: redirectUris,
  sector_identifier_uri: `${origin}${path}`,
  allow_private_network: true,
});
const a = 'https://a.example.com/cb';

test('a document that lists every redirect URI confirms the sector, and is read once for all its clients', async () => {
  asked = 0;
  await confirmSectors([of('/list', a), of('/list', a, 'https://b.example.com/cb'), { client_id: 'none' }], outgoing);
  assert.equal(asked, 1);
});

test('a redirect URI that is not listed refuses the configuration and names the client', async () => {
  await assert.rejects(confirmSectors([of('/list', a, 'https://a.example.com/cb/')], outgoing), {
    code: 'sector-unconfirmed',
    message: /client 'shop' does not list https:\/\/a\.example\.com\/cb\/\./,
  });
});

test('a document that is missing, no JSON or no list refuses it too', async () => {
  for (const path of ['/gone', '/text', '/object'])
    await assert.rejects(confirmSectors([of(path, a)], outgoing), { code: 'sector-unconfirmed' });
});

test('a host that does not answer refuses it, and the message says so', async () => {
  const nobody = { ...of('/list', a), sector_identifier_uri: 'http://sector.localhost:1/list' };
  await assert.rejects(confirmSectors([nobody], outgoing), /could not be read .*ECONNREFUSED/);
});

test('a private address needs the permission of the client', async () => {
  const stranger = { ...of('/list', a), allow_private_network: false };
  await assert.rejects(confirmSectors([stranger], outgoing), /allow_private_network/);
});
