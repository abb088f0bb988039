/** The people of the workspace as its database holds them. For tests that count them; opens and closes each time. */
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';

export type WorkspacePerson = {
  readonly id: string;
  readonly email: string;
  readonly role: number;
  readonly issuer: string | null;
  readonly subject: string | null;
};

export async function peopleOf(location: DatabaseLocation): Promise<readonly WorkspacePerson[]> {
  const database = await openDatabase<{ people: WorkspacePerson }>(location);
  try {
    return await database.kysely.selectFrom('people').select(['id', 'email', 'role', 'issuer', 'subject']).execute();
  } finally {
    await database.close();
  }
}
