/**
 * Where a session began, as much of it as a person needs to recognise their own: a coarse network and what the browser
 * called itself. Read from the request that began it; never used to decide anything.
 */
import type { IncomingMessage } from 'node:http';
import type { PeerReader } from '@gatehouse/web/peer.ts';
import { coarseNetworkOf } from '../regulation/network.ts';

export type SessionOrigin = {
  /** From `coarseNetworkOf`. */
  readonly network: string;
  /** Empty when the browser did not say. */
  readonly userAgent: string;
};

const charactersMax = 255;

export function originOf(req: IncomingMessage, peerOf: PeerReader): SessionOrigin {
  return {
    network: coarseNetworkOf(peerOf(req).address).slice(0, 64),
    userAgent: (req.headers['user-agent'] ?? '').slice(0, charactersMax),
  };
}
