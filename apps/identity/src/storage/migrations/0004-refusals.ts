/** What the provider refused, newest kept. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0004-refusals',
  async up(kysely) {
    await kysely.schema
      .createTable('oidc_refusals')
      .addColumn('reference', 'varchar(16)', (column) => column.primaryKey())
      .addColumn('bucket', 'varchar(255)', (column) => column.notNull())
      .addColumn('client_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('cause', 'varchar(64)', (column) => column.notNull())
      .addColumn('times', 'bigint', (column) => column.notNull())
      .addColumn('first_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .execute();
    await kysely.schema
      .createIndex('oidc_refusals_bucket')
      .on('oidc_refusals')
      .columns(['bucket', 'last_at_ms'])
      .execute();
    await kysely.schema.createIndex('oidc_refusals_last_at').on('oidc_refusals').column('last_at_ms').execute();
  },
};
