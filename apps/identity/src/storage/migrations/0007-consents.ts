/** What a person kept back when they agreed, and which grants live, so that a consent can be taken back whole. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0007-consents',
  async up(kysely) {
    await kysely.schema.alterTable('remembered_consents').addColumn('refused_claims', 'text').execute();
    await kysely.schema
      .createTable('grants')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('client_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('subject', 'varchar(36)', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await kysely.schema.createIndex('grants_person').on('grants').columns(['subject', 'client_id']).execute();
    await kysely.schema.createIndex('grants_expiry').on('grants').column('expires_at_ms').execute();
  },
};
