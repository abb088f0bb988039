/**
 * Every application the provider knows: those of the configuration, and those that registered themselves at run time and
 * live in storage. The second kind is learned the moment it is loaded: the engine loads a client through the adapter, and so
 * through here, before it has one, so that whatever decides about a request finds it with `get` and no rule has two kinds of
 * clients. Knows neither the protocol of registration nor the storage.
 */
import type { Client } from './clients.ts';

export interface Clients {
  /** At hand without a look into the storage: of the configuration, or loaded before by this process. */
  get(id: string): Client | undefined;
  /** Looks into the storage for a client that the configuration does not have; one that is gone is forgotten. */
  find(id: string): Promise<Client | undefined>;
  /** The clients of the configuration. */
  values(): Iterable<Client>;
}

/** Where clients come from that the configuration does not have; answers the same object while nothing changed. */
export type ClientSource = { find(id: string): Promise<Client | undefined> };

/** The configuration's clients come first: nobody registers over one of them. */
export function openClients(configured: ReadonlyMap<string, Client>, source: ClientSource | undefined): Clients {
  const learned = new Map<string, Client>();
  return {
    get: (id) => configured.get(id) ?? learned.get(id),
    values: () => configured.values(),
    async find(id) {
      const own = configured.get(id);
      if (own || !source) return own;
      const client = await source.find(id);
      if (client) learned.set(id, client);
      else learned.delete(id);
      return client;
    },
  };
}
