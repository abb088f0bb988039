/** For tests: a PostgreSQL whose statements may take half a second, and somebody who holds what they need. */
import { type Database, openDatabase, type PostgresLocation, unhurried } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { type RawBuilder, sql } from 'kysely';
import { identityMigrations, identityNamespace } from './migrations.ts';
import type { IdentityDatabase, IdentityTables } from './tables.ts';

export type HeldDatabase = AsyncDisposable & {
  /** With tables; closing it is left to whoever uses it. */
  open(): Promise<IdentityDatabase>;
  /** Runs `work` while a transaction of somebody else holds what this statement locks. */
  holding(lock: RawBuilder<unknown>, work: () => Promise<void>): Promise<void>;
};

export const allCounters = sql`lock table attempt_counters in access exclusive mode`;
export const presentCounters = sql`select * from attempt_counters for update`;

export async function startHeldDatabase(): Promise<HeldDatabase> {
  await using opened = new AsyncDisposableStack();
  const { host, port, database, schema, username, password } = opened.use(await startPostgres());
  const place = { dialect: 'postgres', host, port, database, schema, username, password } as const;
  const location: PostgresLocation = { ...place, statementSeconds: 0.5 };
  const holder: Database<IdentityTables> = await openDatabase(unhurried(location));
  opened.defer(() => holder.close());
  await migrate(holder, identityNamespace, identityMigrations);
  const everything = opened.move();
  return {
    open: () => openDatabase<IdentityTables>(location),
    holding: (lock, work) =>
      holder.kysely.transaction().execute(async (trx) => {
        await lock.execute(trx);
        await work();
      }),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
