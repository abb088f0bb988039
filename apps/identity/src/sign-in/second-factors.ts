/**
 * Which second factors somebody has, the preferred one first, and the preference itself. One question to the database, since
 * every step of a sign-in asks it. It knows no ceremonies.
 */
import { sql } from 'kysely';
import type { IdentityDatabase } from '../storage/tables.ts';

/** As Authelia calls them. */
export const methods = ['totp', 'webauthn'] as const;
export type Method = (typeof methods)[number];

export type SecondFactors = {
  /** What the configuration leaves on. */
  readonly offered: readonly Method[];
  /** Those that the person has at the portal of this RP ID, the one to begin with first. */
  methodsOf(username: string, rpId: string): Promise<readonly Method[]>;
  prefer(username: string, method: Method): Promise<void>;
};

export function openSecondFactors(parts: {
  readonly database: IdentityDatabase;
  readonly offered: readonly Method[];
  /** `default_2fa_method`, for whoever has chosen none. */
  readonly preset: Method | undefined;
}): SecondFactors {
  const { offered, preset } = parts;
  const { kysely } = parts.database;
  return {
    offered,
    async methodsOf(username, rpId) {
      const rows = await kysely
        .selectFrom('one_time_code_factors')
        .select([sql<string>`'totp'`.as('method'), sql<string>`'has'`.as('how')])
        .where('username', '=', username)
        .union(
          kysely
            .selectFrom('security_keys')
            .select([sql<string>`'webauthn'`.as('method'), sql<string>`'has'`.as('how')])
            .where('username', '=', username)
            .where('rp_id', '=', rpId),
        )
        .union(
          kysely
            .selectFrom('factor_preferences')
            .select(['method', sql<string>`'prefers'`.as('how')])
            .where('username', '=', username),
        )
        .execute();
      const has = offered.filter((each) => rows.some(({ method, how }) => how === 'has' && method === each));
      const chosen = rows.find(({ how }) => how === 'prefers')?.method;
      return preferredFirst(has, [chosen, preset]);
    },

    async prefer(username, method) {
      await kysely
        .insertInto('factor_preferences')
        .values({ username, method })
        .onConflict((conflict) => conflict.column('username').doUpdateSet({ method }))
        .execute();
    },
  };
}

/** The first wish that can be granted decides; without one the order stays. */
export function preferredFirst(has: readonly Method[], wishes: readonly (string | undefined)[]): readonly Method[] {
  const first = wishes.map((wish) => has.find((method) => method === wish)).find((method) => method !== undefined);
  return first === undefined ? has : [first, ...has.filter((method) => method !== first)];
}
