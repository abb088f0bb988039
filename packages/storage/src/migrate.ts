/**
 * Brings tables forward, one small step at a time. Each step runs in its own transaction together with the note that it
 * ran, behind a lock, so that two processes starting at once apply it once. There is no way back: restore a backup.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database, Dialect } from './database.ts';
import { MigrationFailed, SchemaNewer } from './failures.ts';

export type Migration = {
  /** Unique within its namespace and never changed once released: `001-accounts`. */
  readonly name: string;
  // A step writes tables as they were at its time, which no type of today describes.
  up(kysely: Kysely<unknown>, dialect: Dialect): Promise<void>;
};

// Authelia's own database, which may stand in the same place, has a table `migrations`.
type MigrationTables = {
  gatehouse_migrations: { namespace: string; position: number; name: string; applied_at_ms: number };
};

/** Any fixed number: the key of the PostgreSQL advisory lock that serialises migrations in one database. */
const advisoryLockKey = 4_716_291_303;

/**
 * Applies what is missing, in order. `namespace` keeps the steps of several owners apart in one database.
 * Throws `SchemaNewer` when the database knows a step that this code does not, `MigrationFailed` when a step throws.
 */
export async function migrate<Tables>(
  database: Database<Tables>,
  namespace: string,
  migrations: readonly Migration[],
): Promise<void> {
  const kysely = database.kysely as unknown as Kysely<MigrationTables>;
  let done = false;
  while (!done) {
    done = await kysely.transaction().execute(async (trx) => {
      await lock(trx, database.dialect);
      const applied = await appliedNames(trx, namespace);
      refuseNewer(namespace, applied, migrations);
      const next = migrations[applied.length];
      if (!next) return true;
      await runStep(trx, database.dialect, namespace, next);
      const row = { namespace, position: applied.length, name: next.name, applied_at_ms: Date.now() };
      await trx.insertInto('gatehouse_migrations').values(row).execute();
      return false;
    });
  }
}

/** On SQLite the transaction itself is the lock: every transaction begins as `begin immediate`. */
async function lock(trx: Transaction<MigrationTables>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${advisoryLockKey})`.execute(trx);
}

async function appliedNames(trx: Transaction<MigrationTables>, namespace: string): Promise<string[]> {
  await trx.schema
    .createTable('gatehouse_migrations')
    .ifNotExists()
    .addColumn('namespace', 'varchar(64)', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'varchar(128)', (column) => column.notNull())
    .addColumn('applied_at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('gatehouse_migrations_primary', ['namespace', 'position'])
    .execute();
  const rows = await trx
    .selectFrom('gatehouse_migrations')
    .select('name')
    .where('namespace', '=', namespace)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.name);
}

function refuseNewer(namespace: string, applied: readonly string[], migrations: readonly Migration[]): void {
  const strange = applied.find((name, position) => migrations[position]?.name !== name);
  if (strange === undefined) return;
  throw new SchemaNewer(
    `The database holds the step '${strange}' of '${namespace}', which this version does not know: a newer version has used it. ` +
      'Start that version again, or restore a backup from before the upgrade.',
  );
}

async function runStep(
  trx: Transaction<MigrationTables>,
  dialect: Dialect,
  namespace: string,
  step: Migration,
): Promise<void> {
  try {
    await step.up(trx as unknown as Kysely<unknown>, dialect);
  } catch (cause) {
    throw new MigrationFailed(
      `The step '${step.name}' of '${namespace}' failed and was rolled back: ${cause instanceof Error ? cause.message : cause}. ` +
        'The database is as it was before this step.',
      { cause },
    );
  }
}
