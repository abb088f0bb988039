import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { after, before, test } from 'node:test';
import { type Caller, openOutgoing } from './outgoing.ts';

const stranger: Caller = { clientId: 'stranger', mayCallPrivate: false };
const neighbour: Caller = { clientId: 'neighbour', mayCallPrivate: true };
const refused = { code: 'outgoing-call-refused' };

let server: Server;
let port: number;
const seen: string[] = [];
before(async () => {
  server = createServer((req, res) => {
    seen.push(req.url ?? '');
    if (req.url === '/redirect') res.writeHead(302, { location: '/secret' }).end();
    else if (req.url === '/long') res.end('x'.repeat(600 * 1024));
    else if (req.url !== '/silent') res.end('hello');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

/** Answers each question with the next list of addresses; the last stays. */
function resolver(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const lookup: LookupFunction = (hostname, _options, callback) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup, asked };
}

function open(lookup?: LookupFunction) {
  const warnings: string[] = [];
  const call = openOutgoing({ lookup, log: { warn: (_fields, message) => void warnings.push(message) } });
  return { call, warnings };
}

test('attack 51: an address of the house is not called for a client without the permission', async () => {
  const { call } = open();
  for (const host of [
    '10.0.0.1',
    '192.168.1.20',
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:10.0.0.1]',
    '[fd12::1]',
    'localhost',
    'app.localhost',
  ])
    await assert.rejects(call(`https://${host}:${port}/`, {}, stranger), refused, host);
  assert.deepEqual(seen, []);
});

test('attack 51: link-local and metadata addresses are not called with the permission either', async () => {
  const { call } = open();
  for (const host of ['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '[fd00:ec2::254]', '0.0.0.0'])
    await assert.rejects(call(`https://${host}/`, {}, neighbour), refused, host);
});

test('attack 51: a name counts as what it leads to', async () => {
  const { call } = open(resolver(['10.0.0.1']).lookup);
  await assert.rejects(call('https://app.example.com/', {}, stranger), refused);
  const metadata = open(resolver(['169.254.169.254']).lookup);
  await assert.rejects(metadata.call('https://app.example.com/', {}, neighbour), refused);
});

test('attack 51: a name is resolved once for a call, so a second answer gains nothing', async () => {
  const { lookup, asked } = resolver(['127.0.0.1'], ['169.254.169.254']);
  const { call } = open(lookup);
  // The handshake fails on a plain server; that it was reached shows where the connection went.
  await assert.rejects(call(`https://app.example.com:${port}/`, {}, neighbour), { code: 'outgoing-call-failed' });
  assert.deepEqual(asked, ['app.example.com']);
  await assert.rejects(call(`https://app.example.com:${port}/`, {}, neighbour), refused);
});

test('attack 51: a redirect is not followed', async () => {
  const answer = await open().call(`http://app.localhost:${port}/redirect`, {}, neighbour);
  assert.equal(answer.status, 302);
  assert.ok(!seen.includes('/secret'));
});

test('plain http is for names under localhost alone', async () => {
  const { call } = open(resolver(['127.0.0.1']).lookup);
  assert.equal(await (await call(`http://app.localhost:${port}/`, {}, neighbour)).text(), 'hello');
  for (const url of [`http://app.example.com:${port}/`, `http://127.0.0.1:${port}/`, 'ftp://app.localhost/', 'no-url'])
    await assert.rejects(call(url, {}, neighbour), refused, url);
});

test('names under localhost are this machine whatever the resolver says', async () => {
  const { lookup, asked } = resolver(['93.184.216.34']);
  const answer = await open(lookup).call(`http://app.localhost:${port}/`, {}, neighbour);
  assert.equal(answer.status, 200);
  assert.deepEqual(asked, []);
});

test('an answer that is too long or does not come ends the call', async () => {
  const { call } = open();
  const failed = { code: 'outgoing-call-failed' };
  await assert.rejects(call(`http://app.localhost:${port}/long`, {}, neighbour), failed);
  const signal = AbortSignal.timeout(50);
  await assert.rejects(call(`http://app.localhost:${port}/silent`, { signal }, neighbour), failed);
});

test('the log names the client and the key that would permit a call', async () => {
  const { call, warnings } = open(resolver(['192.168.1.20']).lookup);
  await assert.rejects(call('https://app.home.example/jwks?secret=1', {}, stranger), refused);
  assert.match(warnings.join(), /app\.home\.example leads to 192\.168\.1\.20.*'allow_private_network: true' for it/);
  assert.match(warnings.join(), /stranger/);
  assert.doesNotMatch(warnings.join(), /secret/);
});
