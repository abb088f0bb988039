/** Loads registered clients for the registry; the same object while nothing changed. */
import type { ClientSource } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import type { RegistrationOptions } from '../options.ts';
import type { RegisteredClientStore } from './registered-client.store.ts';
import { type OpenClient, registeredClient } from './registered-client.ts';

type Opened = { readonly version: number; readonly client: Client | undefined };

export function registeredClients(
  store: Pick<RegisteredClientStore, 'find'>,
  house: RegistrationOptions,
  open: OpenClient,
): ClientSource {
  const opened = new Map<string, Opened>();
  return {
    async find(id) {
      const row = await store.find(id);
      if (!row) {
        opened.delete(id);
        return undefined;
      }
      const known = opened.get(id);
      if (known?.version === row.version) return known.client;
      const client = registeredClient(id, row, house, open);
      opened.set(id, { version: row.version, client });
      return client;
    },
  };
}
