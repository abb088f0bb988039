/** Who let a member in: a person, or a group of the provider, which takes back only what it gave. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '062-member-givers',
  async up(db) {
    await db.schema
      .alterTable('project_members')
      .addColumn('given_by', 'varchar(16)', (column) => column.notNull().defaultTo('person'))
      .execute();
  },
};
