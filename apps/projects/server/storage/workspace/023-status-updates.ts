/** What people say about how a project is doing, and which projects they keep at hand. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '023-status-updates',
  async up(db) {
    await db.schema
      .createTable('status_updates')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('light', 'varchar(16)', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('status_updates_creation', ['project_id', 'person_id', 'creation_key'])
      .execute();
    await db.schema.createIndex('status_updates_project').on('status_updates').columns(['project_id', 'at']).execute();
    await db.schema
      .createTable('project_favourites')
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('project_favourites_primary', ['person_id', 'project_id'])
      .execute();
  },
};
