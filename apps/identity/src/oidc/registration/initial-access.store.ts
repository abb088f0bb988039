/**
 * Initial access tokens (RFC 7591 section 3): who holds one may register an application, as often as it says and until it
 * expires. A use is taken in one statement, so that of any number of registrations at once no more than that come through.
 */
import { sql } from 'kysely';
import type { IdentityKysely } from '../../storage/tables.ts';
import { digestOfBearer, newBearer } from './bearer.ts';

export type InitialAccessToken = {
  readonly id: string;
  readonly description: string;
  readonly usesLeft: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

export type InitialAccessStore = {
  /** Answers with the token, which nobody can read again. */
  create(about: { description: string; uses: number; expiresAtMs: number }): Promise<{ id: string; token: string }>;
  /** Those that still let somebody in, newest first. */
  list(): Promise<InitialAccessToken[]>;
  revoke(id: string): Promise<'revoked' | 'missing'>;
  mayRegister(token: string): Promise<boolean>;
  /** False when the last use was taken meanwhile. */
  take(token: string): Promise<boolean>;
  /** Removes up to `rowsMax` spent or expired ones and answers how many went. */
  sweep(rowsMax: number): Promise<number>;
};

export function openInitialAccessStore(options: {
  readonly kysely: IdentityKysely;
  readonly nowMs: () => number;
  readonly newId: () => string;
}): InitialAccessStore {
  const { kysely, nowMs, newId } = options;
  const living = () =>
    kysely.selectFrom('oidc_initial_access_tokens').where('expires_at_ms', '>', nowMs()).where('uses_left', '>', 0);

  return {
    async create({ description, uses, expiresAtMs }) {
      const [id, token] = [newId(), newBearer()];
      await kysely
        .insertInto('oidc_initial_access_tokens')
        .values({
          id,
          digest: digestOfBearer(token),
          description,
          uses_left: uses,
          created_at_ms: nowMs(),
          expires_at_ms: expiresAtMs,
        })
        .execute();
      return { id, token };
    },
    async list() {
      const rows = await living().selectAll().orderBy('created_at_ms', 'desc').execute();
      return rows.map((row) => ({
        id: row.id,
        description: row.description,
        usesLeft: row.uses_left,
        createdAtMs: Number(row.created_at_ms),
        expiresAtMs: Number(row.expires_at_ms),
      }));
    },
    async revoke(id) {
      const result = await kysely.deleteFrom('oidc_initial_access_tokens').where('id', '=', id).executeTakeFirst();
      return result.numDeletedRows > 0n ? 'revoked' : 'missing';
    },
    async mayRegister(token) {
      const row = await living().select('id').where('digest', '=', digestOfBearer(token)).executeTakeFirst();
      return row !== undefined;
    },
    async take(token) {
      const result = await kysely
        .updateTable('oidc_initial_access_tokens')
        .set({ uses_left: sql<number>`uses_left - 1` })
        .where('digest', '=', digestOfBearer(token))
        .where('expires_at_ms', '>', nowMs())
        .where('uses_left', '>', 0)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async sweep(rowsMax) {
      const spent = kysely
        .selectFrom('oidc_initial_access_tokens')
        .select('id')
        .where((where) => where.or([where('expires_at_ms', '<=', nowMs()), where('uses_left', '<=', 0)]))
        .limit(rowsMax);
      const result = await kysely.deleteFrom('oidc_initial_access_tokens').where('id', 'in', spent).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
