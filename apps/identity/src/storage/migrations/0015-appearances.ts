/** Language, theme and letters, by person. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0015-appearances',
  async up(kysely) {
    await kysely.schema
      .createTable('appearances')
      .addColumn('username', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('language', 'varchar(35)')
      .addColumn('theme', 'varchar(16)')
      .addColumn('legible', 'integer', (column) => column.notNull())
      .execute();
  },
};
