/**
 * The engine's calls to the outside, through the one door. The engine does not say for which client it calls, and often
 * calls before it knows: the address itself tells, because it stands with a client in the configuration. An address that
 * stands with none came with a registration over the network, and is never one of the house.
 */
import type { Configuration } from 'oidc-provider';
import type { Caller, Outgoing } from '../calls/outgoing.ts';
import type { Clients } from '../clients/client-registry.ts';

export function engineFetch(outgoing: Outgoing, clients: Pick<Clients, 'values'>): NonNullable<Configuration['fetch']> {
  const callers = callersByAddress(clients);
  return async function fetchForEngine(input, { method, headers, body, signal } = {}) {
    const url = new URL(input instanceof Request ? input.url : input).href;
    const caller = callers.get(url) ?? { clientId: 'registered over the network', mayCallPrivate: false };
    const request = {
      method,
      headers: Object.fromEntries(new Headers(headers)),
      ...(body != null && { body: String(body) }),
      ...(signal && { signal }),
    };
    return outgoing(url, request, caller);
  };
}

/** Where two clients name one address, the permission of either counts. */
function callersByAddress(clients: Pick<Clients, 'values'>): ReadonlyMap<string, Caller> {
  const callers = new Map<string, Caller>();
  for (const { id, options } of clients.values())
    for (const uri of [options.jwks_uri, options.sector_identifier_uri, options.backchannel_logout_uri]) {
      const url = URL.parse(uri ?? '')?.href;
      if (url === undefined || callers.get(url)?.mayCallPrivate) continue;
      callers.set(url, { clientId: id, mayCallPrivate: options.allow_private_network ?? false });
    }
  return callers;
}
