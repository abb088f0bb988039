/** Goals, every value they ever had, and the milestones that lead there. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '022-goals',
  async up(db) {
    await db.schema
      .createTable('goals')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('title', 'varchar(250)', (column) => column.notNull())
      .addColumn('description', 'text', (column) => column.notNull())
      .addColumn('metric', 'varchar(100)', (column) => column.notNull())
      .addColumn('unit', 'varchar(16)', (column) => column.notNull())
      .addColumn('currency', 'varchar(3)')
      .addColumn('start_value', 'double precision', (column) => column.notNull())
      .addColumn('current_value', 'double precision', (column) => column.notNull())
      .addColumn('target_value', 'double precision', (column) => column.notNull())
      .addColumn('status', 'varchar(16)', (column) => column.notNull())
      .addColumn('owner_id', 'varchar(64)')
      .addColumn('start_on', 'varchar(10)')
      .addColumn('end_on', 'varchar(10)')
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('goals_creation', ['project_id', 'created_by', 'creation_key'])
      .execute();
    await db.schema
      .createTable('goal_values')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('goal_id', 'varchar(64)', (column) => column.notNull().references('goals.id').onDelete('cascade'))
      .addColumn('value', 'double precision', (column) => column.notNull())
      .addColumn('status', 'varchar(16)', (column) => column.notNull())
      .addColumn('note', 'text', (column) => column.notNull())
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('goal_values_creation', ['goal_id', 'person_id', 'creation_key'])
      .execute();
    await db.schema.createIndex('goal_values_goal').on('goal_values').columns(['goal_id', 'at']).execute();
    await db.schema
      .createTable('goal_milestones')
      .addColumn('goal_id', 'varchar(64)', (column) => column.notNull().references('goals.id').onDelete('cascade'))
      .addColumn('milestone_id', 'varchar(64)', (column) =>
        column.notNull().references('milestones.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('goal_milestones_primary', ['goal_id', 'milestone_id'])
      .execute();
    await db.schema.createIndex('goal_milestones_milestone').on('goal_milestones').column('milestone_id').execute();
  },
};
