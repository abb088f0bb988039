/**
 * Which second factors somebody has, the preferred one first, and the preference itself. One question to the database, since
 * every step of a sign-in asks it. It knows no ceremonies.
 */
import { sql } from 'kysely';
import type { IdentityDatabase } from '../storage/tables.ts';

/** As Authelia calls them. */
export const methods = ['totp', 'webauthn', 'mobile_push'] as const;
export type Method = (typeof methods)[number];

/** What somebody may be asked for in a sign-in. */
export type Ways = {
  /** The one to begin with first. */
  readonly methods: readonly Method[];
  /** They have recovery codes left, and a second factor to stand in for. */
  readonly recovery: boolean;
};

export type SecondFactors = {
  /** What the configuration leaves on. */
  readonly offered: readonly Method[];
  /** Those that the person has at the portal of this RP ID, the one to begin with first. */
  methodsOf(username: string, rpId: string): Promise<readonly Method[]>;
  /** Whether Duo knows somebody nobody here can tell, so a push is always worth a try. */
  waysOf(username: string, rpId: string): Promise<Ways>;
  /** Whether they have any second factor at any portal. */
  hasAny(username: string): Promise<boolean>;
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
          .selectFrom('recovery_codes')
          .select([sql<string>`'recovery'`.as('method'), sql<string>`'may'`.as('how')])
          .where('username', '=', username)
          .where('used_at_ms', 'is', null),
      )
      .union(
        kysely
          .selectFrom('factor_preferences')
          .select(['method', sql<string>`'prefers'`.as('how')])
          .where('username', '=', username),
      )
      .execute();
  }

  async function readWays(username: string, rpId: string, more: readonly Method[]): Promise<Ways> {
    const rows = await rowsOf(username, rpId);
    const has = offered.filter((each) => rows.some(({ method, how }) => how === 'has' && method === each));
    const may = offered.filter((each) => has.includes(each) || more.includes(each));
    const chosen = rows.find(({ how }) => how === 'prefers')?.method;
    const recovery = has.length > 0 && rows.some(({ how }) => how === 'may');
    return { methods: preferredFirst(may, [chosen, preset]), recovery };
  }

  return {
    offered,
    methodsOf: async (username, rpId) => (await readWays(username, rpId, [])).methods,
    waysOf: (username, rpId) => readWays(username, rpId, ['mobile_push']),

    async hasAny(username) {
      for (const table of ['one_time_code_factors', 'security_keys', 'push_devices'] as const) {
        const rows = kysely.selectFrom(table).select('username').where('username', '=', username).limit(1);
        if (await rows.executeTakeFirst()) return true;
      }
      return false;
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
