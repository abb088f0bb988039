/** Which second factor people liked best elsewhere. It decides whether there is something to take. */
import type { IdentityKysely } from '../storage/tables.ts';

/** Within a transaction. `different`: the person has chosen another one here, which stays unless `overwrite`. */
export async function takePreference(
  kysely: IdentityKysely,
  { username, method }: { readonly username: string; readonly method: string },
  overwrite: boolean,
): Promise<'taken' | 'same' | 'different'> {
  const present = await kysely
    .selectFrom('factor_preferences')
    .select('method')
    .where('username', '=', username)
    .executeTakeFirst();
  if (present?.method === method) return 'same';
  if (present && !overwrite) return 'different';
  await kysely
    .insertInto('factor_preferences')
    .values({ username, method })
    .onConflict((conflict) => conflict.column('username').doUpdateSet({ method }))
    .execute();
  return 'taken';
}
