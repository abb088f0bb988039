/** Views that people saved, and which of them a page of a project begins with for whom. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '090-saved-views',
  async up(db) {
    await db.schema
      .createTable('saved_views')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('owner_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('name', 'varchar(60)', (column) => column.notNull())
      .addColumn('page', 'varchar(10)', (column) => column.notNull())
      .addColumn('query', 'text', (column) => column.notNull())
      .addColumn('is_shared', 'integer', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('saved_views_creation', ['project_id', 'owner_id', 'creation_key'])
      .execute();
    await db.schema
      .createTable('opening_views')
      .addColumn('project_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('page', 'varchar(10)', (column) => column.notNull())
      .addColumn('view_id', 'varchar(64)', (column) =>
        column.notNull().references('saved_views.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('opening_views_primary', ['project_id', 'person_id', 'page'])
      .execute();
    await db.schema.createIndex('opening_views_view').on('opening_views').column('view_id').execute();
  },
};
