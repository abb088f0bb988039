/**
 * Who is really calling: the address, scheme and host of a request, read from `X-Forwarded-*` only when the connection
 * comes from a trusted proxy. It deliberately knows nothing of `Forwarded`, `X-Original-URL` and the like: they never count.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Loopback, private and unique-local ranges (RFC 1918, RFC 4193, RFC 3927, RFC 4291): where proxies of a house stand. */
export const privateNetworks: readonly string[] = [
  '127.0.0.0/8',
  '::1/128',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

export type Peer = {
  /** Address of the caller without brackets, zone or `::ffff:` prefix. */
  readonly address: string;
  readonly scheme: 'http' | 'https';
  /** Lower-case host, with its port unless it is the scheme's own; empty when the request names none. */
  readonly host: string;
};

export type PeerReader = (req: IncomingMessage) => Peer;

const forwardedHeaderBytesMax = 2048;

/** `networks`: addresses or CIDR blocks. Throws TypeError for one that is neither. */
export function peerReader(networks: readonly string[]): PeerReader {
  const trusted = networkList(networks);
  return function peerOf(req) {
    const socketAddress = plainAddress(req.socket.remoteAddress ?? '');
    const encrypted = 'encrypted' in req.socket && req.socket.encrypted === true;
    const direct = { address: socketAddress, scheme: encrypted ? ('https' as const) : ('http' as const) };
    if (!trusted(socketAddress)) return { ...direct, host: plainHost(req.headers.host, direct.scheme) };
    const scheme = forwardedScheme(req) ?? direct.scheme;
    return {
      address: forwardedAddress(req, trusted) ?? direct.address,
      scheme,
      host: plainHost(single(req, 'x-forwarded-host') ?? req.headers.host, scheme),
    };
  };
}

/** A test for membership in a list of addresses and CIDR blocks. */
export function networkList(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
    const width = family === 'ipv4' ? 32 : 128;
    const prefix = bits === undefined ? width : Number(bits);
    if (!family || !Number.isInteger(prefix) || prefix < 0 || prefix > width)
      throw new TypeError(`'${network}' is neither an address nor a CIDR block`);
    list.addSubnet(address, prefix, family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/**
 * The nearest address in `X-Forwarded-For` that is not itself a trusted proxy, reading from the right: what stands
 * further left was written by the caller and may be invented.
 */
function forwardedAddress(req: IncomingMessage, trusted: (address: string) => boolean): string | undefined {
  const header = headerText(req, 'x-forwarded-for');
  if (header === undefined) return undefined;
  const hops = header.split(',').map((hop) => plainAddress(hop.trim()));
  let nearest: string | undefined;
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) return nearest;
    nearest = hop;
    if (!trusted(hop)) return nearest;
  }
  return nearest;
}

function plainHost(host = '', scheme: 'http' | 'https'): string {
  return host.toLowerCase().replace(scheme === 'https' ? /:443$/ : /:80$/, '');
}

function forwardedScheme(req: IncomingMessage): 'http' | 'https' | undefined {
  const scheme = single(req, 'x-forwarded-proto')?.toLowerCase();
  return scheme === 'http' || scheme === 'https' ? scheme : undefined;
}

/** A header that must hold one value. A list means that somebody's value was passed on: it does not count. */
function single(req: IncomingMessage, name: string): string | undefined {
  const value = headerText(req, name)?.trim();
  return value && !value.includes(',') ? value : undefined;
}

function headerText(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  const text = Array.isArray(value) ? value.join(',') : value;
  return text !== undefined && text.length <= forwardedHeaderBytesMax ? text : undefined;
}

function plainAddress(text: string): string {
  const bare = text.startsWith('[') ? text.slice(1, text.indexOf(']')) : text;
  const withoutZone = bare.split('%')[0] ?? '';
  return withoutZone.toLowerCase().startsWith('::ffff:') && isIPv4(withoutZone.slice(7))
    ? withoutZone.slice(7)
    : withoutZone;
}
