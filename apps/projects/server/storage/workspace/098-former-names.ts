/** What a column, tag, milestone or sprint was called that is gone, for the history of the to-dos that were in it. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '098-former-names',
  async up(db) {
    await db.schema
      .createTable('former_names')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('name', 'varchar(250)', (column) => column.notNull())
      .execute();
  },
};
