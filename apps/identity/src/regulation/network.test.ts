import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coarseNetworkOf, networkOf } from './network.ts';

const rows: readonly [address: string, network: string][] = [
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['', ''],
];

for (const [address, network] of rows)
  test(`'${address}' counts as '${network}'`, () => {
    assert.equal(networkOf(address), network);
  });

test('roughly, an IPv4 address is its first three numbers and an IPv6 address its /48', () => {
  assert.equal(coarseNetworkOf('198.51.100.7'), '198.51.100.*');
  assert.equal(coarseNetworkOf('2001:DB8:1:2::9'), '2001:db8:1:*');
  assert.equal(coarseNetworkOf('unix'), 'unix');
});
