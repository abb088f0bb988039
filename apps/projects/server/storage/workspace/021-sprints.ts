/** Sprints: a stretch of days with a name. Which to-dos are in one is a column of theirs. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '021-sprints',
  async up(db) {
    await db.schema
      .createTable('sprints')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('name', 'varchar(100)', (column) => column.notNull())
      .addColumn('aim', 'varchar(500)', (column) => column.notNull())
      .addColumn('start_on', 'varchar(10)', (column) => column.notNull())
      .addColumn('end_on', 'varchar(10)', (column) => column.notNull())
      .addColumn('closed_at', 'bigint')
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('sprints_creation', ['project_id', 'created_by', 'creation_key'])
      .execute();
    await db.schema.createIndex('sprints_project').on('sprints').columns(['project_id', 'start_on']).execute();
  },
};
