/** Access tokens and the secrets of calendars. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '042-tokens',
  async up(db) {
    await db.schema
      .createTable('access_tokens')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('name', 'varchar(80)', (column) => column.notNull())
      .addColumn('digest', 'varchar(64)', (column) => column.notNull().unique())
      .addColumn('hint', 'varchar(8)', (column) => column.notNull())
      .addColumn('scopes', 'varchar(100)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('last_used_at', 'bigint')
      .execute();
    await db.schema.createIndex('access_tokens_person').on('access_tokens').column('person_id').execute();
    await db.schema
      .createTable('feed_secrets')
      .addColumn('person_id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('digest', 'varchar(64)', (column) => column.notNull().unique())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
