/** What was put into the store of files and when, written down before its bytes go there: so none is left there unknown. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '096-stored-files',
  async up(db) {
    await db.schema
      .createTable('stored_files')
      .addColumn('key', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('put_at', 'bigint', (column) => column.notNull())
      .addColumn('kept', 'integer', (column) => column.notNull())
      .addColumn('leaving', 'integer', (column) => column.notNull())
      .execute();
    await sql`insert into stored_files (key, put_at, kept, leaving)
      select id, created_at, 1, 0 from files`.execute(db);
  },
};
