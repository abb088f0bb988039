/**
 * Which second factors somebody has, the preferred one first, and the preference itself. One question to the database, since
 * every step of a sign-in asks it. It knows no ceremonies.
 */
import { sql } from 'kysely';
import type { IdentityDatabase } from '../storage/tables.ts';

/** As Authelia calls them. */
export const methods = ['totp', 'webauthn', 'mobile_push'] as const;
export type Method = (typeof methods)[number];

export type SecondFactors = {
  /** What the configuration leaves on. */
  readonly offered: readonly Method[];
  /** Those that the person has at the portal of this RP ID, the one to begin with first. */
  methodsOf(username: string, rpId: string): Promise<readonly Method[]>;
  /** Those that the person may be asked for: whether Duo knows them nobody here can tell, so a push is always worth a try. */
  waysOf(username: string, rpId: string): Promise<readonly Method[]>;
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

  function rowsOf(username: string, rpId: string) {
    return kysely
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
          .selectFrom('push_devices')
          .select([sql<string>`'mobile_push'`.as('method'), sql<string>`'has'`.as('how')])
          .where('username', '=', username),
      )
      .union(
        kysely
          .selectFrom('factor_preferences')
          .select(['method', sql<string>`'prefers'`.as('how')])
          .where('username', '=', username),
      )
      .execute();
  }

  async function inOrder(username: string, rpId: string, more: readonly Method[]): Promise<readonly Method[]> {
    const rows = await rowsOf(username, rpId);
    const has = offered.filter(
      (each) => more.includes(each) || rows.some(({ method, how }) => how === 'has' && method === each),
    );
    const chosen = rows.find(({ how }) => how === 'prefers')?.method;
    return preferredFirst(has, [chosen, preset]);
  }

  return {
    offered,
    methodsOf: (username, rpId) => inOrder(username, rpId, []),
    waysOf: (username, rpId) => inOrder(username, rpId, ['mobile_push']),

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
