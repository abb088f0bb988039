/** Networks: an address or a CIDR block, brought to one spelling. Names of networks are not resolved here. */
import { isIPv4, isIPv6 } from 'node:net';
import { type Outcome, refused, value } from './outcome.ts';

const cure = "Write an address or a CIDR block, such as '192.0.2.7', '10.0.0.0/8' or '2001:db8::/32'.";

/** Result is always `address/prefix`; a bare address becomes /32 or /128 and host bits are dropped. */
export function parseNetwork(text: string): Outcome<string> {
  const [address = '', prefixText, ...more] = text.trim().split('/');
  if (more.length > 0) return refused('is not a network', cure);
  const width = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : undefined;
  if (width === undefined) return refused('is not a network', cure);
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText))
    return refused('has a prefix that is not a number', cure);
  const prefix = prefixText === undefined ? width : Number(prefixText);
  if (prefix > width) return refused(`has a prefix above ${width}`, cure);
  const bits = width === 32 ? ipv4Bits(address) : ipv6Bits(address);
  const host = BigInt(width - prefix);
  const masked = (bits >> host) << host;
  return value(`${width === 32 ? ipv4Text(masked) : ipv6Text(masked)}/${prefix}`);
}

function ipv4Bits(address: string): bigint {
  return address.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}

function ipv4Text(bits: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');
}

function ipv6Bits(address: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const text = dotted ? `${dotted[1]}${hexPair(ipv4Bits(dotted[2] ?? ''))}` : address;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

function hexPair(bits: bigint): string {
  return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
}

/** RFC 5952: the longest run of zero groups, the first of several, becomes `::`. */
function ipv6Text(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best && best[0].length >= run[0].length ? best : run),
    undefined,
  );
  if (!longest) return groups.join(':');
  const text = groups.join(':');
  const before = text.slice(0, longest.index).replace(/:$/, '');
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
