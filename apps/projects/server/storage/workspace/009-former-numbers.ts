/** Where a to-do stood before it was moved to another project, so that its old address still leads to it. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '009-former-numbers',
  async up(db) {
    await db.schema
      .createTable('former_numbers')
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('former_numbers_primary', ['project_id', 'number'])
      .execute();
  },
};
