/** Applications that registered themselves, and the tokens that let them. */
import { bytesType } from '@gatehouse/storage/database.ts';
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0008-registered-clients',
  async up(kysely, dialect) {
    await kysely.schema
      .createTable('oidc_registered_clients')
      .addColumn('client_id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('client_name', 'varchar(255)', (column) => column.notNull())
      .addColumn('registration', bytesType(dialect), (column) => column.notNull())
      .addColumn('access_token_digest', 'varchar(43)', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('used_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await kysely.schema
      .createIndex('oidc_registered_clients_used_at')
      .on('oidc_registered_clients')
      .column('used_at_ms')
      .execute();
    await kysely.schema
      .createTable('oidc_initial_access_tokens')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('digest', 'varchar(43)', (column) => column.notNull().unique())
      .addColumn('description', 'varchar(255)', (column) => column.notNull())
      .addColumn('uses_left', 'integer', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .execute();
  },
};
