/** Under which names the portal stands by its configuration, and what of them a request came to. */
import type { IncomingMessage } from 'node:http';
import type { PeerReader } from '@gatehouse/web/peer.ts';
import type { Configuration } from './config/configuration.ts';

export type PortalAddresses = {
  /** Origins under which the portal stands. */
  readonly portals: ReadonlySet<string>;
  /** The public origin that a request came to; undefined for a name that is none of the portal's. */
  originOf(req: IncomingMessage): string | undefined;
  portalOf(req: IncomingMessage): URL | undefined;
  isSecure(req: IncomingMessage): boolean;
  /** Of whoever asks. */
  addressOf(req: IncomingMessage): string;
};

export function openPortalAddresses({ session }: Pick<Configuration, 'session'>, peerOf: PeerReader): PortalAddresses {
  const portals = new Set(session.cookies.flatMap(({ authelia_url: url }) => (url ? [url.origin] : [])));
  function originOf(req: IncomingMessage): string | undefined {
    const { scheme, host } = peerOf(req);
    const origin = `${scheme}://${host}`;
    return portals.has(origin) ? origin : undefined;
  }
  return {
    portals,
    originOf,
    portalOf(req) {
      const origin = originOf(req);
      return origin === undefined ? undefined : new URL(origin);
    },
    isSecure: (req) => peerOf(req).scheme === 'https',
    addressOf: (req) => peerOf(req).address,
  };
}
