/** Milestones, and which of them wait for which. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '020-milestones',
  async up(db, dialect) {
    // Ranks sort by their bytes; a language's own order would mix capital and small letters.
    const rankType = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
    await db.schema
      .createTable('milestones')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('title', 'varchar(250)', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('tone', 'varchar(16)', (column) => column.notNull())
      .addColumn('status', 'varchar(16)', (column) => column.notNull())
      .addColumn('owner_id', 'varchar(64)')
      .addColumn('start_on', 'varchar(10)')
      .addColumn('end_on', 'varchar(10)')
      .addColumn('rank', rankType, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('milestones_rank', ['project_id', 'rank'])
      .addUniqueConstraint('milestones_creation', ['project_id', 'created_by', 'creation_key'])
      .execute();
    await db.schema
      .createTable('milestone_dependencies')
      .addColumn('milestone_id', 'varchar(64)', (column) =>
        column.notNull().references('milestones.id').onDelete('cascade'),
      )
      .addColumn('depends_on_id', 'varchar(64)', (column) =>
        column.notNull().references('milestones.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('milestone_dependencies_primary', ['milestone_id', 'depends_on_id'])
      .execute();
    await db.schema
      .createIndex('milestone_dependencies_other')
      .on('milestone_dependencies')
      .column('depends_on_id')
      .execute();
  },
};
