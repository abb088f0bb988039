/** The owners there are, and how a command makes one more. Holds the rows it decides on. */
import type { Dialect } from '@gatehouse/storage/database.ts';
import type { Kysely } from 'kysely';
import { roles } from '../../wire/roles.ts';
import { normaliseEmail } from '../people/person.ts';
import type { OwnerTables } from './schema.ts';

export type Owners = {
  readonly db: Kysely<OwnerTables>;
  readonly dialect: Dialect;
  readonly nowMs: () => number;
  readonly newId: () => string;
};

/** Whether anybody who may come in owns the workspace. */
export async function hasOwner(db: Kysely<OwnerTables>): Promise<boolean> {
  const row = await db
    .selectFrom('people')
    .select('id')
    .where('role', '=', roles.owner)
    .where('deactivated_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export type Granted =
  | { readonly outcome: 'granted' | 'already'; readonly name: string }
  | { readonly outcome: 'unknown' };

/** Makes somebody who has signed in before an owner; `who` is their mail address or id, as the operator knows them. */
export async function grantOwner({ db }: Owners, who: string): Promise<Granted> {
  return db.transaction().execute(async (trx) => {
    const person = await trx
      .selectFrom('people')
      .select(['id', 'name', 'role', 'deactivated_at'])
      .where((where) => where.or([where('id', '=', who), where('email', '=', normaliseEmail(who))]))
      .executeTakeFirst();
    if (!person) return { outcome: 'unknown' };
    if (person.role === roles.owner && person.deactivated_at === null) return { outcome: 'already', name: person.name };
    await trx
      .updateTable('people')
      .set({ role: roles.owner, deactivated_at: null })
      .where('id', '=', person.id)
      .execute();
    return { outcome: 'granted', name: person.name };
  });
}
