/** Whether the password was tried or a second factor: each has its own count. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0013-attempt-factors',
  async up(kysely) {
    await kysely.schema
      .alterTable('sign_in_attempts')
      .addColumn('factor', 'varchar(8)', (column) => column.notNull().defaultTo('first'))
      .execute();
  },
};
