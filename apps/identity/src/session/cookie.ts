/**
 * The cookie of a portal session, by Authelia's rules: name, Domain, SameSite and lifetime come from `session.cookies[]`.
 * It carries a random secret and nothing else. This file reads and writes header text; it knows no store.
 */
import { isIP } from 'node:net';
import { isLocalhostName } from '@gatehouse/web/localhost-names.ts';

/** One entry of `session.cookies[]`, complete. Durations in seconds. */
export type CookieRules = {
  /** Lower case, without a leading dot. */
  readonly domain: string;
  readonly authelia_url?: URL;
  readonly name: string;
  readonly same_site: 'none' | 'lax' | 'strict';
  readonly expiration: number;
  readonly inactivity: number;
  readonly remember_me: number | 'disabled';
};

const secretShape = /^[A-Za-z0-9_-]{32}$/;
const headerCharactersMax = 16_384;

/** The rules for a host, which may carry a port: of the domains that hold it, the closest. */
export function rulesForHost(cookies: readonly CookieRules[], host: string): CookieRules | undefined {
  const name = hostName(host);
  return cookies
    .filter(({ domain }) => name === domain || name.endsWith(`.${domain}`))
    .toSorted((a, b) => b.domain.length - a.domain.length)[0];
}

/**
 * The secret a browser sent. Two cookies of one name mean that somebody else planted one of them, and nobody can tell
 * which: neither counts.
 */
export function readSecret(cookieHeader: string | undefined, name: string): string | undefined {
  if (cookieHeader === undefined || cookieHeader.length > headerCharactersMax) return undefined;
  const values = cookieHeader
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [secret] = values;
  return values.length === 1 && secret !== undefined && secretShape.test(secret) ? secret : undefined;
}

export function writeCookie(rules: CookieRules, secret: string, expiresAtMs: number): string {
  return cookieText(rules, secret, expiresAtMs);
}

export function clearCookie(rules: CookieRules): string {
  return cookieText(rules, '', 0);
}

function cookieText(rules: CookieRules, value: string, expiresAtMs: number): string {
  const sameSite = { none: 'None', lax: 'Lax', strict: 'Strict' }[rules.same_site];
  return [
    `${rules.name}=${value}`,
    // A host that is an address has no domain to widen to (RFC 6265 5.1.3).
    ...(isIP(rules.domain) === 0 ? [`Domain=${rules.domain}`] : []),
    'Path=/',
    `Expires=${new Date(expiresAtMs).toUTCString()}`,
    'HttpOnly',
    `SameSite=${sameSite}`,
    ...(isPlainLocalhost(rules) ? [] : ['Secure']),
  ].join('; ');
}

function isPlainLocalhost({ authelia_url: url }: CookieRules): boolean {
  return url?.protocol === 'http:' && isLocalhostName(url.hostname);
}

function hostName(host: string): string {
  const lower = host.toLowerCase();
  return lower.startsWith('[') ? lower.slice(1, lower.indexOf(']')) : (lower.split(':')[0] ?? '');
}
