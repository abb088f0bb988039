/** Who a subject is, and which consents are remembered. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0003-oidc',
  async up(kysely) {
    await kysely.schema
      .createTable('subjects')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('service', 'varchar(20)', (column) => column.notNull())
      .addColumn('sector_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('identifier', 'varchar(36)', (column) => column.notNull().unique())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('subjects_person', ['service', 'sector_id', 'username'])
      .execute();
    await kysely.schema
      .createTable('remembered_consents')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('client_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('subject', 'varchar(36)', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('audience', 'text', (column) => column.notNull())
      .addColumn('claims_signature', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at_ms', 'bigint')
      .execute();
    await kysely.schema
      .createIndex('remembered_consents_answer')
      .on('remembered_consents')
      .columns(['client_id', 'subject'])
      .execute();
  },
};
