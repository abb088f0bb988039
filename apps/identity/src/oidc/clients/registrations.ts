/**
 * Registrations: each application of the configuration has one from the moment it appears there until it is gone. What the
 * engine stores for an application carries its registration and counts only under the same one, so what a removed
 * application held is dead, and stays dead when an application of the same name comes again. Nothing has to be found and
 * deleted for that; it runs out where it is. Remembered consents, which last, are taken back at once.
 *
 * Applications that registered themselves are not known here.
 */
import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Configuration } from '../../config/configuration.ts';
import type { IdentityKysely } from '../../storage/tables.ts';

export type RegistrationOf = (clientId: string) => string | undefined;

export type Registrations = {
  readonly registrationOf: RegistrationOf;
  /**
   * These are the applications from now on; those of `formerIds`, which were in force in this process until now, that are not
   * among them are gone. An application that is in neither belongs to a process with a newer configuration and keeps what it
   * holds; one that is in both and was removed by such a one gets a registration anew, under which nothing of before counts, and
   * which every process that still has it takes over at its next call. Without `formerIds`, at a start, all others are gone.
   * Until it was called nobody has a registration.
   * Repeated or interrupted it does no harm, and of two processes that do it at once both end with the same registrations.
   */
  settle(clientIds: readonly string[], formerIds?: readonly string[]): Promise<void>;
};

export function openRegistrations(database: IdentityKysely, nowMs: () => number): Registrations {
  let known: ReadonlyMap<string, string> = new Map();

  async function stored(): Promise<Map<string, string>> {
    const rows = await database.selectFrom('client_registrations').select(['client_id', 'registration']).execute();
    return new Map(rows.map((row) => [row.client_id, row.registration]));
  }

  /** Consents first: should this end in between, the next call finds the application still to be removed. */
  async function remove(clientIds: readonly string[]): Promise<void> {
    await database
      .updateTable('remembered_consents')
      .set({ revoked_at_ms: nowMs() })
      .where('client_id', 'in', clientIds)
      .where('revoked_at_ms', 'is', null)
      .execute();
    await database.deleteFrom('client_registrations').where('client_id', 'in', clientIds).execute();
  }

  async function add(clientId: string): Promise<void> {
    const row = { client_id: clientId, registration: randomUUID(), since_ms: nowMs() };
    try {
      await database.insertInto('client_registrations').values(row).execute();
    } catch (cause) {
      // Another process was first, by the unique key.
      if (!(await stored()).has(clientId)) throw cause;
    }
  }

  return {
    registrationOf: (clientId) => known.get(clientId),
    async settle(clientIds, formerIds) {
      const before = await stored();
      const wanted = new Set(clientIds);
      // Also one that another process has removed: people may have agreed here since.
      const gone = (formerIds ?? [...before.keys()]).filter((id) => !wanted.has(id));
      if (gone.length > 0) await remove(gone);
      const fresh = [...wanted].filter((id) => !before.has(id));
      for (const id of fresh) await add(id);
      const after = fresh.length > 0 ? await stored() : before;
      known = new Map([...after].filter(([id]) => wanted.has(id)));
    },
  };
}

export function clientIdsOf({ identity_providers: { oidc } }: Configuration): string[] {
  return (oidc?.clients ?? []).map(({ client_id: id }) => id);
}

/** The engine's storage, in which only what belongs to a living registration is found. */
export function withinRegistrations(
  adapterOf: (model: string) => Adapter,
  registrationOf: RegistrationOf,
): (model: string) => Adapter {
  const current = (payload: AdapterPayload): string | undefined => registrationOf(clientIdOf(payload) ?? '');
  // The engine's type allows an answer of `void`.
  async function living(found: ReturnType<Adapter['find']>): Promise<AdapterPayload | undefined> {
    const payload = (await found) as AdapterPayload | undefined;
    return payload?.registration === (payload && current(payload)) ? payload : undefined;
  }
  return function adapterWithinRegistrations(model) {
    const adapter = adapterOf(model);
    if (model === 'Client') return adapter;
    return {
      ...adapter,
      upsert: (id, payload, expiresIn) => adapter.upsert(id, { ...payload, registration: current(payload) }, expiresIn),
      find: (id) => living(adapter.find(id)),
      findByUid: (uid) => living(adapter.findByUid(uid)),
      findByUserCode: (code) => living(adapter.findByUserCode(code)),
    };
  };
}

/** Of a token, a grant or a code; of a request that waits for a person. A session belongs to no application. */
function clientIdOf({ clientId, params }: AdapterPayload): string | undefined {
  if (clientId !== undefined) return clientId;
  const asked = params?.client_id;
  return typeof asked === 'string' ? asked : undefined;
}
