/** Webhooks and what goes to them. */
import { bytesType } from '@gatehouse/storage/database.ts';
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '044-webhooks',
  async up(db, dialect) {
    await db.schema
      .createTable('webhooks')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('kinds', 'text', (column) => column.notNull())
      .addColumn('secret', bytesType(dialect), (column) => column.notNull())
      .addColumn('state', 'varchar(8)', (column) => column.notNull())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('failing_since', 'bigint')
      .addColumn('created_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull().unique())
      .execute();
    await db.schema.createIndex('webhooks_project').on('webhooks').column('project_id').execute();
    await db.schema
      .createTable('webhook_deliveries')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('webhook_id', 'varchar(64)', (column) =>
        column.notNull().references('webhooks.id').onDelete('cascade'),
      )
      .addColumn('change_id', 'bigint')
      .addColumn('kind', 'varchar(40)', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('state', 'varchar(12)', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('status', 'integer')
      .addColumn('problem', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .execute();
    await db.schema
      .createIndex('webhook_deliveries_due')
      .on('webhook_deliveries')
      .columns(['state', 'due_at', 'webhook_id'])
      .execute();
    await db.schema
      .createIndex('webhook_deliveries_log')
      .on('webhook_deliveries')
      .columns(['webhook_id', 'created_at'])
      .execute();
  },
};
