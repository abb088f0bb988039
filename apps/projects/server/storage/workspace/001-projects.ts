/** The tables of projects, their statuses and their members. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '001-projects',
  async up(db) {
    await db.schema
      .createTable('projects')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('key', 'varchar(10)', (column) => column.notNull().unique())
      .addColumn('name', 'varchar(100)', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('visibility', 'varchar(16)', (column) => column.notNull())
      .addColumn('next_number', 'integer', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('projects_creation', ['created_by', 'creation_key'])
      .execute();
    await db.schema
      .createTable('project_statuses')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('name', 'varchar(100)', (column) => column.notNull())
      .addColumn('report_type', 'varchar(16)', (column) => column.notNull())
      .addColumn('tone', 'varchar(16)', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('project_statuses_project')
      .on('project_statuses')
      .columns(['project_id', 'position'])
      .execute();
    await db.schema
      .createTable('project_members')
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('role', 'integer')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('project_members_primary', ['project_id', 'person_id'])
      .execute();
    await db.schema.createIndex('project_members_person').on('project_members').column('person_id').execute();
  },
};
