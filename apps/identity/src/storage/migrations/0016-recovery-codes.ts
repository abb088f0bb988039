/** Recovery codes, as digests. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0016-recovery-codes',
  async up(kysely) {
    await kysely.schema
      .createTable('recovery_codes')
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('digest', 'varchar(43)', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('used_at_ms', 'bigint')
      .addPrimaryKeyConstraint('recovery_codes_pk', ['username', 'digest'])
      .execute();
  },
};
