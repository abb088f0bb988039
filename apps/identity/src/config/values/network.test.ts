import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseNetwork } from './network.ts';

const read: readonly (readonly [string, string])[] = [
  ['192.0.2.7', '192.0.2.7/32'],
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['192.168.1.255/31', '192.168.1.254/31'],
  ['::1', '::1/128'],
  ['2001:db8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128'],
  ['2001:0DB8:ffff::/33', '2001:db8:8000::/33'],
  ['fc00::1/7', 'fc00::/7'],
  ['::/0', '::/0'],
  ['::ffff:192.0.2.1', '::ffff:c000:201/128'],
  ['1:2:3:4:5:6:7:8/64', '1:2:3:4::/64'],
];
for (const [text, network] of read)
  test(`'${text}' is ${network}`, () => assert.deepEqual(parseNetwork(text), { kind: 'value', value: network }));

for (const text of [
  '',
  'internal',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0',
  '10.0.0.0/8/8',
  '::/129',
  'fe80::1%eth0',
  '10.0.0.0/',
  '010.0.0.1',
])
  test(`'${text}' is no network`, () => assert.equal(parseNetwork(text).kind, 'refused'));
