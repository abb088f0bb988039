/**
 * Refuses to start with the wrong encryption key: a value sealed at the first start must open at every later one. Without
 * it a mistyped key would show itself only when the first person is asked for a code.
 */
import type { Kysely } from 'kysely';
import { bytesType, type Database } from './database.ts';
import { EncryptionKeyWrong, SealBroken } from './failures.ts';
import { type Migration, migrate } from './migrate.ts';
import type { SealedAt, Sealer } from './sealer.ts';

type CheckTables = { encryption_check: { owner: string; value: Uint8Array } };

const steps: readonly Migration[] = [
  {
    name: '001-encryption-check',
    async up(kysely, dialect) {
      await kysely.schema
        .createTable('encryption_check')
        .addColumn('owner', 'varchar(64)', (column) => column.primaryKey())
        .addColumn('value', bytesType(dialect), (column) => column.notNull())
        .execute();
    },
  },
];

/** `owner` names the application, so that two may share a database under keys of their own. */
export async function checkEncryptionKey<Tables>(
  database: Database<Tables>,
  owner: string,
  sealer: Sealer,
): Promise<void> {
  await migrate(database, 'encryption-check', steps);
  const kysely = database.kysely as unknown as Kysely<CheckTables>;
  const at: SealedAt = { table: 'encryption_check', column: 'value', row: owner };
  // Of two processes at their first start one inserts; both read what it wrote.
  await kysely
    .insertInto('encryption_check')
    .values({ owner, value: sealer.seal(at, Buffer.from(owner)) })
    .onConflict((conflict) => conflict.column('owner').doNothing())
    .execute();
  const row = await kysely
    .selectFrom('encryption_check')
    .select('value')
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  try {
    sealer.open(at, row.value);
  } catch (cause) {
    if (!(cause instanceof SealBroken)) throw cause;
    throw new EncryptionKeyWrong(
      "The encryption key is not the one this database was first started with. Put the earlier 'storage.encryption_key' back; " +
        'if it is lost, the secrets under it (one-time code enrolments) are lost too and the database must be begun anew.',
      { cause },
    );
  }
}
