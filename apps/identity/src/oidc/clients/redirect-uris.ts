/**
 * Which redirect URI a client may use: exactly a registered one (RFC 9700 section 2.1), where an http URI on a loopback
 * address may differ in its port (RFC 8252 section 7.3), and plain http leads nowhere but to this machine. Pure.
 */
import { isLocalhostName } from '@gatehouse/web/localhost-names.ts';

const loopbackAddresses: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]']);
/** Schemes that a browser runs or reads instead of going somewhere. */
const forbiddenSchemes: ReadonlySet<string> = new Set([
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'file:',
  'about:',
]);

/** Why a URI may not be registered, or undefined. Continues a sentence: "is no URI". */
export function whyNotRegistrable(uri: string): string | undefined {
  const parsed = URL.parse(uri);
  if (!parsed) return 'is no URI';
  if (uri.includes('#')) return 'has a fragment';
  if (forbiddenSchemes.has(parsed.protocol)) return `uses the scheme '${parsed.protocol}'`;
  return undefined;
}

/** Plain http is for names under `localhost` and for loopback addresses; other schemes are not judged here. */
export function isTransportAllowed(uri: string): boolean {
  const parsed = URL.parse(uri);
  if (!parsed) return false;
  if (parsed.protocol !== 'http:') return true;
  return isLocalhostName(parsed.hostname) || loopbackAddresses.has(parsed.hostname);
}

export function mayRedirectTo(uri: string, registered: readonly string[]): boolean {
  if (!isTransportAllowed(uri)) return false;
  if (registered.includes(uri)) return true;
  const portless = withoutLoopbackPort(uri);
  return portless !== undefined && registered.some((known) => withoutLoopbackPort(known) === portless);
}

/** The text of an http loopback URI without its port, everything else untouched; undefined for any other URI. */
function withoutLoopbackPort(uri: string): string | undefined {
  const [whole, host] = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?=[/?]|$)/.exec(uri) ?? [];
  return whole === undefined ? undefined : `http://${host}${uri.slice(whole.length)}`;
}
