/**
 * What an address counts as when attempts are counted or banned: an IPv4 address is itself; an IPv6 address is its /64,
 * because whoever holds one holds all of them (RFC 4291 section 2.5.4, RFC 6177).
 */
import { isIPv4, isIPv6 } from 'node:net';

/** `address` as read from the connection, without zone or brackets. Anything that is no address counts as itself. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  return `${groupsOf(address).slice(0, 4).join(':')}::/64`;
}

/**
 * Roughly where an address is, for a person to recognise and not to be traced by: an IPv4 address without its last number,
 * an IPv6 address without all that a household has for itself (RFC 6177: a /48).
 */
export function coarseNetworkOf(address: string): string {
  if (isIPv6(address)) return `${groupsOf(address).slice(0, 3).join(':')}:*`;
  return isIPv4(address) ? address.replace(/\d+$/, '*') : address;
}

/** The eight groups of an IPv6 address, lower case, without leading zeros. */
function groupsOf(address: string): string[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(zeros).fill('0'), ...right];
}
