/**
 * Where the portal may send a browser after a sign-in or sign-out: to a page under one of its cookie domains, and nowhere
 * else (Authelia, "safe target"). https and wss anywhere below a domain; http only for names under `localhost`. Pure.
 *
 * The answer is the parsed address written anew, never the text that came in: two parsers that disagree about a text is
 * how open redirects are made.
 */
import { isLocalhostName } from '@gatehouse/web/localhost-names.ts';

export type SafePlaces = {
  /** Lower case, without a leading dot. */
  readonly cookieDomains: readonly string[];
  /** Ports other than the scheme's own that the house uses: those of the portals. */
  readonly ports: readonly string[];
};

const targetCharactersMax = 4096;
/** Absolute, with two slashes and a host right behind them. Anything a browser would repair is refused. */
const absolute = /^(?:https|wss|http):\/\/[^/?#\\@\s]+(?:[/?#]|$)/i;
const unprintable = /[^\x21-\x7e]|\\/;

export function safeTarget(text: string, places: SafePlaces): string | undefined {
  if (text.length > targetCharactersMax || !absolute.test(text) || unprintable.test(text)) return undefined;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return undefined;
  const host = url.hostname;
  if (!places.cookieDomains.some((domain) => host === domain || host.endsWith(`.${domain}`))) return undefined;
  if (isLocalhostName(host)) return url.href;
  if (url.protocol === 'http:') return undefined;
  return url.port === '' || places.ports.includes(url.port) ? url.href : undefined;
}
