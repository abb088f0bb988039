/** How people want the workspace to look and speak. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '082-preferences',
  async up(db) {
    await db.schema
      .createTable('preferences')
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('key', 'varchar(40)', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('preferences_primary', ['person_id', 'key'])
      .execute();
  },
};
