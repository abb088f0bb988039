/**
 * The rows of applications that registered themselves: what they said of themselves and their secret, sealed; their
 * registration access token as a digest. It knows no protocol.
 */
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { ClientSecret } from '../../config/values/digest.ts';
import type { IdentityKysely } from '../../storage/tables.ts';
import { digestOfBearer } from './bearer.ts';

export type Metadata = Readonly<Record<string, unknown>>;

/** What is kept of a registration. The secret is a digest wherever nobody needs more. */
export type Registration = { readonly metadata: Metadata; readonly secret?: ClientSecret };

export type RegisteredClient = Registration & {
  readonly clientId: string;
  readonly createdAtMs: number;
  /** Another number after each change. */
  readonly version: number;
};

export type RegisteredClientLine = {
  readonly clientId: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly usedAtMs: number;
};

export type RegisteredClientStore = {
  find(clientId: string): Promise<RegisteredClient | undefined>;
  /** `full` when there are `clientsMax` already. */
  add(
    clientId: string,
    name: string,
    registration: Registration,
    accessToken: string,
    clientsMax: number,
  ): Promise<'added' | 'full'>;
  holds(clientId: string, accessToken: string): Promise<boolean>;
  /** Only for who still holds the token, which is exchanged for the next one: of two updates at once one goes on. */
  replace(
    clientId: string,
    name: string,
    registration: Registration,
    tokens: { readonly old: string; readonly next: string },
  ): Promise<'replaced' | 'missing'>;
  remove(clientId: string): Promise<'removed' | 'missing'>;
  /** Newest first. */
  list(): Promise<RegisteredClientLine[]>;
  /** Removes up to `rowsMax` that were not used since `beforeMs` and answers how many went. */
  sweepUnused(beforeMs: number, rowsMax: number): Promise<number>;
};

const dayMs = 24 * 60 * 60_000;

export function openRegisteredClientStore(options: {
  readonly kysely: IdentityKysely;
  readonly sealer: Sealer;
  readonly nowMs: () => number;
}): RegisteredClientStore {
  const { kysely, sealer, nowMs } = options;
  const seal = (clientId: string, registration: Registration) =>
    sealer.seal(placeOf(clientId), Buffer.from(JSON.stringify(registration)));

  /** To the day: a client that is used costs one write a day. */
  async function noteUse(clientId: string, usedAtMs: number): Promise<void> {
    if (nowMs() - usedAtMs < dayMs) return;
    await kysely
      .updateTable('oidc_registered_clients')
      .set({ used_at_ms: nowMs() })
      .where('client_id', '=', clientId)
      .execute();
  }

  return {
    async find(clientId) {
      // Whoever asks may name anything, and PostgreSQL cannot even look for this.
      if (clientId.includes('\0')) return undefined;
      const row = await kysely
        .selectFrom('oidc_registered_clients')
        .selectAll()
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      if (!row) return undefined;
      await noteUse(clientId, Number(row.used_at_ms));
      const json = Buffer.from(sealer.open(placeOf(clientId), row.registration)).toString();
      const registration = JSON.parse(json) as Registration;
      return {
        ...registration,
        clientId,
        createdAtMs: Number(row.created_at_ms),
        version: row.version,
      };
    },
    async add(clientId, name, registration, accessToken, clientsMax) {
      return await kysely.transaction().execute(async (trx) => {
        const { count } = await trx
          .selectFrom('oidc_registered_clients')
          .select((each) => each.fn.countAll().as('count'))
          .executeTakeFirstOrThrow();
        if (Number(count) >= clientsMax) return 'full';
        const now = nowMs();
        await trx
          .insertInto('oidc_registered_clients')
          .values({
            client_id: clientId,
            client_name: name,
            registration: seal(clientId, registration),
            access_token_digest: digestOfBearer(accessToken),
            created_at_ms: now,
            version: 1,
            used_at_ms: now,
          })
          .execute();
        return 'added';
      });
    },
    async holds(clientId, accessToken) {
      const row = await kysely
        .selectFrom('oidc_registered_clients')
        .select('client_id')
        .where('client_id', '=', clientId)
        .where('access_token_digest', '=', digestOfBearer(accessToken))
        .executeTakeFirst();
      return row !== undefined;
    },
    async replace(clientId, name, registration, { old, next }) {
      const result = await kysely
        .updateTable('oidc_registered_clients')
        .set((each) => ({
          client_name: name,
          registration: seal(clientId, registration),
          access_token_digest: digestOfBearer(next),
          version: each('version', '+', 1),
        }))
        .where('client_id', '=', clientId)
        .where('access_token_digest', '=', digestOfBearer(old))
        .executeTakeFirst();
      return result.numUpdatedRows > 0n ? 'replaced' : 'missing';
    },
    async remove(clientId) {
      const result = await kysely
        .deleteFrom('oidc_registered_clients')
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return result.numDeletedRows > 0n ? 'removed' : 'missing';
    },
    async list() {
      const rows = await kysely
        .selectFrom('oidc_registered_clients')
        .select(['client_id', 'client_name', 'created_at_ms', 'used_at_ms'])
        .orderBy('created_at_ms', 'desc')
        .execute();
      return rows.map((row) => ({
        clientId: row.client_id,
        name: row.client_name,
        createdAtMs: Number(row.created_at_ms),
        usedAtMs: Number(row.used_at_ms),
      }));
    },
    async sweepUnused(beforeMs, rowsMax) {
      const unused = kysely
        .selectFrom('oidc_registered_clients')
        .select('client_id')
        .where('used_at_ms', '<', beforeMs)
        .limit(rowsMax);
      const result = await kysely
        .deleteFrom('oidc_registered_clients')
        .where('client_id', 'in', unused)
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

function placeOf(clientId: string) {
  return { table: 'oidc_registered_clients', column: 'registration', row: clientId };
}
