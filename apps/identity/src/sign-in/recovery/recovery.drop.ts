/** Recovery codes go with the last second factor that they stand in for; whoever removes a factor says so right after it. */
import type { Kysely } from 'kysely';
import type { IdentityTables } from '../../storage/tables.ts';

const factorTables = ['one_time_code_factors', 'security_keys', 'push_devices'] as const;

/** Removes a person's codes unless they have a second factor left. To be called after the factor was removed. */
export async function dropCodesWithoutFactor(database: Kysely<IdentityTables>, username: string): Promise<void> {
  // In a transaction this locks them: of two removals at once the later one looks only when the other's is there to be seen.
  await database.updateTable('recovery_codes').set({ username }).where('username', '=', username).execute();
  let codes = database.deleteFrom('recovery_codes').where('username', '=', username);
  for (const table of factorTables)
    codes = codes.where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom(table).select(`${table}.username`).where(`${table}.username`, '=', username))),
    );
  await codes.execute();
}
