/**
 * The signature of a call to Duo's API (Duo Auth API, "Authentication"): HMAC-SHA-512 over date, method, host, path and
 * parameters, a line each, with the secret key. Pure.
 */
import { createHmac } from 'node:crypto';

export type DuoCall = {
  /** RFC 2822. Duo refuses dates that are far from its own. */
  readonly date: string;
  readonly method: 'GET' | 'POST';
  /** With its port, if it has one. */
  readonly host: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
};

/** Sorted by name, in the encoding that is signed: what is sent must be these bytes. */
export function encodeParams(params: DuoCall['params']): string {
  return Object.entries(params)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** The `Authorization` header: HTTP Basic, the integration key and the signature in hexadecimal. */
export function authorizationOf(call: DuoCall, keys: { readonly integrationKey: string; readonly secretKey: string }) {
  const { date, method, host, path, params } = call;
  const lines = [date, method, host.toLowerCase(), path, encodeParams(params)].join('\n');
  const signature = createHmac('sha512', keys.secretKey).update(lines).digest('hex');
  return `Basic ${Buffer.from(`${keys.integrationKey}:${signature}`).toString('base64')}`;
}

/** RFC 3986 section 2.3: all but the unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}
