/** What a to-do says about itself beyond its title: what kind it is, how large, where it belongs, when it is worked on; and
 * when it was put into the trash. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '003-to-do-fields',
  async up(db) {
    const alter = db.schema.alterTable('to_dos');
    // SQLite adds one column a statement.
    await alter.addColumn('type', 'varchar(16)', (column) => column.notNull().defaultTo('task')).execute();
    await alter.addColumn('effort', 'double precision').execute();
    await alter.addColumn('milestone_id', 'varchar(64)').execute();
    await alter.addColumn('sprint_id', 'varchar(64)').execute();
    await alter
      .addColumn('parent_id', 'varchar(64)', (column) => column.references('to_dos.id').onDelete('set null'))
      .execute();
    await alter.addColumn('work_start_on', 'varchar(10)').execute();
    await alter.addColumn('work_end_on', 'varchar(10)').execute();
    await alter.addColumn('planned_hours', 'double precision').execute();
    await alter.addColumn('remaining_hours', 'double precision').execute();
    // The plain text stays in `description`, for searching; null here says that there is nothing more to it.
    await alter.addColumn('description_doc', 'text').execute();
    await alter.addColumn('deleted_at', 'bigint').execute();
    await alter.addColumn('deleted_by', 'varchar(64)').execute();
    await db.schema.createIndex('to_dos_parent').on('to_dos').column('parent_id').execute();
    await db.schema.createIndex('to_dos_milestone').on('to_dos').column('milestone_id').execute();
    await db.schema.createIndex('to_dos_sprint').on('to_dos').column('sprint_id').execute();
    await db.schema
      .createIndex('to_dos_trash')
      .on('to_dos')
      .columns(['project_id', 'deleted_at'])
      .where(sql.ref('deleted_at'), 'is not', null)
      .execute();
  },
};
