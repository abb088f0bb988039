/**
 * The one exception to "https only": names under `localhost` never leave the machine (RFC 6761 section 6.3), so both
 * applications allow plain http for them, and for nothing else.
 */

/** `host` is a host name without a port. Addresses such as 127.0.0.1 are not names and are not covered. */
export function isLocalhostName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost');
}

/** Whether cookies, pages and tokens may travel to this URL: https anywhere, http under localhost. */
export function isSecureEnough(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocalhostName(url.hostname));
}
