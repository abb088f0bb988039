/** Companies that projects are for and people belong to. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '060-clients',
  async up(db) {
    await db.schema
      .createTable('clients')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('name', 'varchar(100)', (column) => column.notNull())
      // The name as it is compared: two of one name would be a slip.
      .addColumn('name_key', 'varchar(400)', (column) => column.notNull().unique())
      .addColumn('note', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull().unique())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.alterTable('projects').addColumn('client_id', 'varchar(64)').execute();
    await db.schema.alterTable('projects').addColumn('starts_on', 'varchar(10)').execute();
    await db.schema.alterTable('projects').addColumn('ends_on', 'varchar(10)').execute();
    await db.schema.createIndex('projects_client').on('projects').column('client_id').execute();
  },
};
