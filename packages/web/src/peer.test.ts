import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { networkList, peerReader, privateNetworks } from './peer.ts';

function request(remoteAddress: string, headers: Record<string, string>): IncomingMessage {
  return { headers: { host: 'inside:9091', ...headers }, socket: { remoteAddress } } as unknown as IncomingMessage;
}

const forwarded = {
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'Auth.Example.com',
};

test('a trusted proxy decides address, scheme and host', () => {
  const peerOf = peerReader(privateNetworks);
  assert.deepEqual(peerOf(request('::ffff:10.0.0.2', forwarded)), {
    address: '203.0.113.7',
    scheme: 'https',
    host: 'auth.example.com',
  });
});

test('a stranger decides nothing, whatever headers it sends', () => {
  const peerOf = peerReader(privateNetworks);
  assert.deepEqual(peerOf(request('198.51.100.9', forwarded)), {
    address: '198.51.100.9',
    scheme: 'http',
    host: 'inside:9091',
  });
});

test('an address that the caller put in front of the real one is not believed', () => {
  const peerOf = peerReader(['10.0.0.0/8']);
  const peer = peerOf(request('10.0.0.2', { 'x-forwarded-for': '1.2.3.4, 203.0.113.7, 10.0.0.9' }));
  assert.equal(peer.address, '203.0.113.7');
});

test('garbage in X-Forwarded-For ends the reading there', () => {
  const peerOf = peerReader(['10.0.0.0/8']);
  assert.equal(peerOf(request('10.0.0.2', { 'x-forwarded-for': 'nonsense' })).address, '10.0.0.2');
  assert.equal(peerOf(request('10.0.0.2', { 'x-forwarded-for': 'nonsense, 203.0.113.7' })).address, '203.0.113.7');
});

test('a list in X-Forwarded-Host or X-Forwarded-Proto does not count', () => {
  const peerOf = peerReader(['10.0.0.0/8']);
  const peer = peerOf(
    request('10.0.0.2', { 'x-forwarded-host': 'evil.test, auth.example.com', 'x-forwarded-proto': 'https,http' }),
  );
  assert.deepEqual([peer.host, peer.scheme], ['inside:9091', 'http']);
});

test('networks hold addresses of both families and refuse nonsense', () => {
  const inside = networkList(['192.0.2.0/24', '2001:db8::/32', '198.51.100.4']);
  assert.deepEqual(['192.0.2.77', '2001:db8::1', '198.51.100.4', '198.51.100.5', 'nonsense'].map(inside), [
    true,
    true,
    true,
    false,
    false,
  ]);
  assert.throws(() => networkList(['10.0.0.0/33']), TypeError);
  assert.throws(() => networkList(['house']), TypeError);
});

test('the port that belongs to the scheme is left out of the host, any other stays', () => {
  const peerOf = peerReader(['10.0.0.0/8']);
  const hostOf = (proto: string, host: string): string =>
    peerOf(request('10.0.0.2', { 'x-forwarded-proto': proto, 'x-forwarded-host': host })).host;
  assert.equal(hostOf('https', 'auth.example.com:443'), 'auth.example.com');
  assert.equal(hostOf('http', 'auth.localhost:80'), 'auth.localhost');
  assert.equal(hostOf('https', 'auth.example.com:80'), 'auth.example.com:80');
  assert.equal(hostOf('http', 'auth.localhost:9091'), 'auth.localhost:9091');
});
