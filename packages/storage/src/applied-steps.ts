/** Which steps of a database's migrations were applied, and when. Reads only; applying is for `migrate.ts`. */
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

export type AppliedStep = { readonly namespace: string; readonly name: string; readonly appliedAtMs: number };

type MigrationTables = {
  gatehouse_migrations: { namespace: string; position: number; name: string; applied_at_ms: number };
};

/** In order; none for a database that was never opened by `migrate`. */
export async function appliedSteps<Tables>(database: Database<Tables>): Promise<AppliedStep[]> {
  const kysely = database.kysely as unknown as Kysely<MigrationTables>;
  const tables = await kysely.introspection.getTables();
  if (!tables.some(({ name }) => name === 'gatehouse_migrations')) return [];
  const rows = await kysely
    .selectFrom('gatehouse_migrations')
    .select(['namespace', 'name', 'applied_at_ms'])
    .orderBy('namespace')
    .orderBy('position')
    .execute();
  return rows.map(({ namespace, name, applied_at_ms: appliedAtMs }) => ({ namespace, name, appliedAtMs }));
}
