/** On which device somebody is asked for a push, and how. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0012-push-devices',
  async up(kysely) {
    await kysely.schema
      .createTable('push_devices')
      .addColumn('username', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('device', 'varchar(64)', (column) => column.notNull())
      .addColumn('name', 'varchar(255)', (column) => column.notNull())
      .addColumn('method', 'varchar(16)', (column) => column.notNull())
      .addColumn('chosen_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at_ms', 'bigint')
      .execute();
  },
};
