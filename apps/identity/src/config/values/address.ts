/**
 * Addresses: where to listen and whom to call. `[scheme://]host[:port][/path]`, a Unix socket or an inherited file
 * descriptor, the latter two with `umask` and `path` as query. Which schemes a key takes, and what stands in for what is
 * left out, is the caller's to say.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { type Outcome, refused, value } from './outcome.ts';

export type Address =
  | {
      readonly kind: 'network';
      readonly scheme: string;
      /** Without brackets; empty means every interface of this machine (for listeners). */
      readonly host: string;
      readonly port: number;
      /** Starts with a slash; `/` when none was written. */
      readonly path: string;
    }
  | {
      readonly kind: 'unix';
      readonly scheme: string;
      readonly file: string;
      readonly umask?: number;
      readonly path: string;
    }
  | {
      readonly kind: 'fd';
      readonly scheme: 'fd';
      readonly descriptor: number;
      readonly umask?: number;
      readonly path: string;
    };

export type AddressRules = {
  readonly schemes: readonly string[];
  readonly defaultScheme: string;
  /** For schemes that have no port of their own. */
  readonly defaultPort?: number;
};

const portOf: Readonly<Record<string, number>> = {
  ldap: 389,
  ldaps: 636,
  smtp: 25,
  submission: 587,
  submissions: 465,
};

const hostPattern = /^(\*|[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?)$/;

export function parseAddress(text: string, rules: AddressRules): Outcome<Address> {
  const cure = `Write ${rules.schemes.map((scheme) => exampleOf(scheme, rules)).join(', ')}.`;
  if (text === '') return refused('is empty', cure);
  const separator = text.indexOf('://');
  const bare = separator === -1;
  const scheme = bare ? (text.startsWith('/') ? 'unix' : rules.defaultScheme) : text.slice(0, separator).toLowerCase();
  const rest = bare ? text : text.slice(separator + 3);
  if (!rules.schemes.includes(scheme)) return refused(`has the scheme '${scheme}', which this key does not take`, cure);
  if (scheme === 'unix' || scheme === 'ldapi') return socketAddress(scheme, rest, cure);
  if (scheme === 'fd') return descriptorAddress(rest, cure);
  return networkAddress(scheme, rest, rules, cure);
}

function networkAddress(scheme: string, rest: string, rules: AddressRules, cure: string): Outcome<Address> {
  const match = /^(\[[^\]]*\]|[^:/?#@]*)(?::(\d*))?(\/[^?#]*)?$/.exec(rest);
  if (!match) {
    return isIPv6(rest)
      ? refused('has an IPv6 address without brackets', `Write it in brackets, '${scheme}://[${rest}]'.`)
      : refused('is not an address', cure);
  }
  const [, hostText = '', portText, path = '/'] = match;
  const bracketed = hostText.startsWith('[');
  const host = bracketed ? hostText.slice(1, -1) : hostText;
  if (bracketed ? !isIPv6(host) : !validHost(host)) return refused('does not name a valid host', cure);
  const port = portText === undefined || portText === '' ? (portOf[scheme] ?? rules.defaultPort) : Number(portText);
  if (port === undefined) return refused('has no port', cure);
  if (port > 65_535) return refused('has a port above 65535', cure);
  return value({ kind: 'network', scheme, host, port, path });
}

function validHost(host: string): boolean {
  return host === '' || isIPv4(host) || (host.length <= 253 && hostPattern.test(host) && !/^[\d.]+$/.test(host));
}

function socketAddress(scheme: string, rest: string, cure: string): Outcome<Address> {
  const [file = '', query = ''] = splitOnce(rest, '?');
  if (!file.startsWith('/')) return refused('does not name an absolute path', cure);
  const options = listenerOptions(query);
  return options.kind === 'refused' ? options : value({ kind: 'unix', scheme, file, ...options.value });
}

function descriptorAddress(rest: string, cure: string): Outcome<Address> {
  const [number = '', query = ''] = splitOnce(rest, '?');
  if (!/^\d{1,6}$/.test(number)) return refused('does not name a file descriptor by number', cure);
  const options = listenerOptions(query);
  return options.kind === 'refused'
    ? options
    : value({ kind: 'fd', scheme: 'fd', descriptor: Number(number), ...options.value });
}

type ListenerOptions = { readonly umask?: number; readonly path: string };

function listenerOptions(query: string): Outcome<ListenerOptions> {
  const cure =
    "After '?' stand 'umask' (three or four octal digits) and 'path' (a sub-path), such as 'umask=0022&path=auth'.";
  const parameters = new URLSearchParams(query);
  const strange = [...parameters.keys()].find((name) => name !== 'umask' && name !== 'path');
  if (strange !== undefined) return refused(`has the query option '${strange}', which does not exist`, cure);
  const umask = parameters.get('umask');
  if (umask !== null && !/^[0-7]{3,4}$/.test(umask))
    return refused('has a umask that is not three or four octal digits', cure);
  const path = `/${(parameters.get('path') ?? '').replace(/^\//, '')}`;
  return value(umask === null ? { path } : { umask: Number.parseInt(umask, 8), path });
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function exampleOf(scheme: string, rules: AddressRules): string {
  if (scheme === 'unix' || scheme === 'ldapi') return `'${scheme}:///absolute/path'`;
  if (scheme === 'fd') return "'fd://3'";
  return `'${scheme}://host:${portOf[scheme] ?? rules.defaultPort ?? 'port'}'`;
}
