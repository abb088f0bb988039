/** Since when an application stands in the configuration, and what that time of it is called. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0006-client-registrations',
  async up(kysely) {
    await kysely.schema
      .createTable('client_registrations')
      .addColumn('client_id', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('registration', 'varchar(36)', (column) => column.notNull())
      .addColumn('since_ms', 'bigint', (column) => column.notNull())
      .execute();
  },
};
