/**
 * Where an address leads, as far as that decides whether a server may call it for somebody who named it: to the public
 * internet, into the house, or to where nobody is ever to lead. Pure; knows no names.
 */
import { isIP } from 'node:net';
import { networkList } from './peer.ts';

/** `private` may be permitted; `forbidden` never is. */
export type Reach = 'public' | 'private' | 'forbidden';

/**
 * Link-local addresses and the places where clouds answer with credentials, "this network", multicast, documentation and
 * reserved ranges (IANA special-purpose registries, RFC 6890). An IPv4 address inside an IPv6 one counts as itself.
 */
const forbidden = networkList([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::',
  '64:ff9b::169.254.0.0/112',
  '100::/64',
  '100:0:0:1::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002:a9fe::/32',
  '2620:4f:8000::/48',
  '3fff::/20',
  '5f00::/16',
  'fd00:ec2::/32',
  'fd20:ce::/32',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
]);

/** Loopback, private, shared (carriers and overlay networks) and unique-local addresses, and IPv6 forms that lead to IPv4. */
const ofTheHouse = networkList([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  'fc00::/7',
]);

/** `address` without brackets. What is no address is forbidden. */
export function reachOf(address: string): Reach {
  const bare = address.split('%')[0] ?? '';
  if (isIP(bare) === 0 || forbidden(bare)) return 'forbidden';
  return ofTheHouse(bare) ? 'private' : 'public';
}
