/** When somebody was shut out last: what they had begun to sign in with before counts for nothing. One row a person. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0019-shut-outs',
  async up(kysely) {
    await kysely.schema
      .createTable('shut_outs')
      .addColumn('username', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'varchar(32)', (column) => column.notNull())
      .execute();
  },
};
