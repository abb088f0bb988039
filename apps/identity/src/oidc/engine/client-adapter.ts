/** How the engine loads a client that it was not given at start: through the registry, which so learns it too. */
import type { Adapter } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';

export function clientAdapter(clients: Clients): Adapter {
  const never = async (): Promise<never> => {
    throw new TypeError('clients are not stored by the engine');
  };
  return {
    find: async (id) => (await clients.find(id))?.metadata,
    upsert: never,
    findByUid: never,
    findByUserCode: never,
    consume: never,
    destroy: never,
    revokeByGrantId: never,
  };
}
