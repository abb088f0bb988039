/** The files of duplicated projects came into the store unknown to `stored_files`, so that nothing ever cleared them away. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '100-files-known',
  async up(db) {
    await sql`insert into stored_files (key, put_at, kept, leaving)
      select id, created_at, 1, 0 from files where id not in (select key from stored_files)`.execute(db);
  },
};
