/** Whom a manager took out of a project, so that no group of the provider brings them back at their next sign-in. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '101-kept-out',
  async up(db) {
    await db.schema
      .createTable('kept_out')
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addPrimaryKeyConstraint('kept_out_primary', ['project_id', 'person_id'])
      .execute();
    await db.schema.createIndex('kept_out_person').on('kept_out').column('person_id').execute();
  },
};
