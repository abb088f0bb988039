/** The company of a person, and since when they may no longer come in. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0002-people-standing',
  async up(db) {
    await db.schema.alterTable('people').addColumn('client_id', 'varchar(64)').execute();
    await db.schema.alterTable('people').addColumn('deactivated_at', 'bigint').execute();
  },
};
