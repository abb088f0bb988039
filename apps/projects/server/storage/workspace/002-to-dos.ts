/** The tables of to-dos, who has them, and what happened to them. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '002-to-dos',
  async up(db, dialect) {
    // Ranks sort by their bytes; a language's own order would mix capital and small letters.
    const rankType = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
    await db.schema
      .createTable('to_dos')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('title', 'varchar(250)', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('status_id', 'varchar(64)', (column) => column.notNull().references('project_statuses.id'))
      .addColumn('due_on', 'varchar(10)')
      .addColumn('priority', 'integer')
      .addColumn('rank', rankType, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addColumn('completed_at', 'bigint')
      .addUniqueConstraint('to_dos_number', ['project_id', 'number'])
      .addUniqueConstraint('to_dos_rank', ['project_id', 'rank'])
      .addUniqueConstraint('to_dos_creation', ['project_id', 'created_by', 'creation_key'])
      .execute();
    await db.schema.createIndex('to_dos_column').on('to_dos').columns(['status_id', 'rank']).execute();
    await db.schema
      .createTable('to_do_assignees')
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addPrimaryKeyConstraint('to_do_assignees_primary', ['to_do_id', 'person_id'])
      .execute();
    await db.schema.createIndex('to_do_assignees_person').on('to_do_assignees').column('person_id').execute();
    await db.schema
      .createTable('to_do_history')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('field', 'varchar(16)', (column) => column.notNull())
      .addColumn('old_value', 'text')
      .addColumn('new_value', 'text')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('to_do_history_to_do').on('to_do_history').columns(['to_do_id', 'at']).execute();
  },
};
