/** What people plan for their days. It goes with its to-do, and nobody else sees it. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '081-day-plan',
  async up(db) {
    await db.schema
      .createTable('day_plan')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('day', 'varchar(10)', (column) => column.notNull())
      .addColumn('start_minute', 'integer', (column) => column.notNull())
      .addColumn('minutes', 'integer', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('changes', 'integer', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('day_plan_creation', ['person_id', 'creation_key'])
      .execute();
    await db.schema.createIndex('day_plan_day').on('day_plan').columns(['person_id', 'day']).execute();
    await db.schema.createIndex('day_plan_to_do').on('day_plan').column('to_do_id').execute();
  },
};
