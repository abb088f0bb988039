/** The rows of chosen devices, at most one a person. It does not know whether Duo still has them. */
import type { IdentityDatabase } from '../../storage/tables.ts';
import { dropCodesWithoutFactor } from '../recovery/recovery.drop.ts';
import { type PushMethod, pushMethods } from './duo-api.ts';

export type PushChoice = {
  readonly device: string;
  readonly name: string;
  readonly method: PushMethod;
  readonly chosenAtMs: number;
  readonly lastUsedAtMs: number | undefined;
};

export type PushStore = {
  find(username: string): Promise<PushChoice | undefined>;
  choose(username: string, choice: Pick<PushChoice, 'device' | 'name' | 'method'>): Promise<void>;
  noteUse(username: string): Promise<void>;
  forget(username: string): Promise<'forgotten' | 'missing'>;
};

const nameCharactersMax = 255;

export function openPushStore({ kysely }: Pick<IdentityDatabase, 'kysely'>, nowMs: () => number): PushStore {
  return {
    async find(username) {
      const row = await kysely
        .selectFrom('push_devices')
        .selectAll()
        .where('username', '=', username)
        .executeTakeFirst();
      const method = pushMethods.find((each) => each === row?.method);
      if (!row || !method) return undefined;
      const { device, name, chosen_at_ms: chosenAtMs, last_used_at_ms: used } = row;
      return { device, name, method, chosenAtMs, lastUsedAtMs: used ?? undefined };
    },

    async choose(username, { device, name, method }) {
      const row = { device, name: name.slice(0, nameCharactersMax), method, chosen_at_ms: nowMs() };
      await kysely
        .insertInto('push_devices')
        .values({ username, ...row, last_used_at_ms: null })
        .onConflict((conflict) => conflict.column('username').doUpdateSet(row))
        .execute();
    },

    async noteUse(username) {
      await kysely
        .updateTable('push_devices')
        .set({ last_used_at_ms: nowMs() })
        .where('username', '=', username)
        .execute();
    },

    async forget(username) {
      const result = await kysely.deleteFrom('push_devices').where('username', '=', username).executeTakeFirstOrThrow();
      await dropCodesWithoutFactor(kysely, username);
      return result.numDeletedRows > 0n ? 'forgotten' : 'missing';
    },
  };
}
