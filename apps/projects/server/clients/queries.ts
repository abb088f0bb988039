/** Reads companies, with how many people and projects each has. Decides nothing. */
import type { Client, ClientRef } from '../../wire/client.ts';
import type { Executor } from '../api/workspace.ts';

const clientsMax = 1000;

export async function listClients(db: Executor): Promise<Client[]> {
  const rows = await selectClients(db).orderBy('clients.name_key').limit(clientsMax).execute();
  return rows.map(presentCounts);
}

export async function findClient(db: Executor, id: string): Promise<Client | undefined> {
  const row = await selectClients(db).where('clients.id', '=', id).executeTakeFirst();
  return row && presentCounts(row);
}

/** The names alone, for those who give a project to a company and manage none. */
export async function listClientRefs(db: Executor): Promise<ClientRef[]> {
  return db.selectFrom('clients').select(['id', 'name']).orderBy('name_key').limit(clientsMax).execute();
}

export async function clientExists(db: Executor, id: string): Promise<boolean> {
  const row = await db.selectFrom('clients').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

function selectClients(db: Executor) {
  return db.selectFrom('clients').select((select) => [
    'clients.id',
    'clients.name',
    'clients.note',
    'clients.version',
    select
      .selectFrom('people')
      .whereRef('people.client_id', '=', 'clients.id')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .as('people'),
    select
      .selectFrom('projects')
      .whereRef('projects.client_id', '=', 'clients.id')
      .where('projects.deleted_at', 'is', null)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .as('projects'),
  ]);
}

type Counts = Pick<Client, 'id' | 'name' | 'note' | 'version'> & { people: number | null; projects: number | null };

/** PostgreSQL counts in text. */
function presentCounts({ people, projects, ...client }: Counts): Client {
  return { ...client, people: Number(people ?? 0), projects: Number(projects ?? 0) };
}
