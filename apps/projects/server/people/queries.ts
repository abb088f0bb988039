/** Reads people with their company. Decides nothing. */
import type { ClientRef } from '../../wire/client.ts';
import type { Executor } from '../api/workspace.ts';
import type { PersonRow } from './present.ts';

const peopleMax = 2000;

export type SeenPerson = { readonly row: PersonRow; readonly client: ClientRef | null };

/** Everybody who ever came or was imported, by name. */
export async function listAllPeople(db: Executor): Promise<{ people: SeenPerson[]; more: boolean }> {
  const rows = await selectPeople(db)
    .orderBy('people.name')
    .orderBy('people.id')
    .limit(peopleMax + 1)
    .execute();
  return { people: rows.slice(0, peopleMax).map(toSeen), more: rows.length > peopleMax };
}

export async function findOne(db: Executor, id: string): Promise<SeenPerson | undefined> {
  const row = await selectPeople(db).where('people.id', '=', id).executeTakeFirst();
  return row && toSeen(row);
}

function selectPeople(db: Executor) {
  return db
    .selectFrom('people')
    .leftJoin('clients', 'clients.id', 'people.client_id')
    .selectAll('people')
    .select('clients.name as client_name');
}

function toSeen({ client_name, ...row }: PersonRow & { client_name: string | null }): SeenPerson {
  const client = row.client_id !== null && client_name !== null ? { id: row.client_id, name: client_name } : null;
  return { row, client };
}
