/** How often it was looked at in vain whether a new password was set. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0021-new-password-looks',
  async up(kysely) {
    await kysely.schema
      .alterTable('new_passwords')
      .addColumn('looks', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
