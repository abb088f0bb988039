/** What is known of models of security keys: the blob of the FIDO Metadata Service as it was fetched. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0014-webauthn-metadata',
  async up(kysely) {
    await kysely.schema
      .createTable('webauthn_metadata')
      .addColumn('name', 'varchar(16)', (column) => column.primaryKey())
      .addColumn('blob', 'text', (column) => column.notNull())
      .addColumn('fetched_at_ms', 'bigint', (column) => column.notNull())
      .execute();
  },
};
