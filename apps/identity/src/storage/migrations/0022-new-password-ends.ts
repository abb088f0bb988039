/** Whether the sessions from before a new password have ended, and only its owner is still to be told. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0022-new-password-ends',
  async up(kysely) {
    await kysely.schema
      .alterTable('new_passwords')
      .addColumn('ended', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
