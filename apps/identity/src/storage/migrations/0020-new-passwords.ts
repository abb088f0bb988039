/** New passwords that are about to be set, and of which everything that follows is not done yet. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0020-new-passwords',
  async up(kysely) {
    await kysely.schema
      .createTable('new_passwords')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('mark_before', 'varchar(64)', (column) => column.notNull())
      .addColumn('kept_session_id', 'varchar(64)')
      .addColumn('remote_address', 'varchar(64)', (column) => column.notNull())
      .addColumn('due_at_ms', 'bigint', (column) => column.notNull())
      .execute();
  },
};
