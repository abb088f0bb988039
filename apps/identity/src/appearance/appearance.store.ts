/** What people chose about how the portal looks and speaks to them, by name. */
import type { IdentityDatabase } from '../storage/tables.ts';
import { type Choice, themes } from './choice.ts';

export type AppearanceStore = {
  of(username: string): Promise<Choice | undefined>;
  keep(username: string, choice: Choice): Promise<void>;
};

export function openAppearanceStore({ kysely }: Pick<IdentityDatabase, 'kysely'>): AppearanceStore {
  return {
    async of(username) {
      const row = await kysely
        .selectFrom('appearances')
        .selectAll()
        .where('username', '=', username)
        .executeTakeFirst();
      return (
        row && {
          language: row.language ?? undefined,
          theme: themes.find((each) => each === row.theme),
          legible: row.legible === 1,
        }
      );
    },
    async keep(username, { language, theme, legible }) {
      const values = { language: language ?? null, theme: theme ?? null, legible: legible ? 1 : 0 };
      await kysely
        .insertInto('appearances')
        .values({ username, ...values })
        .onConflict((conflict) => conflict.column('username').doUpdateSet(values))
        .execute();
    },
  };
}
