/** What one's own work asks of open to-dos that are looked up by id, without reading them. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '106-my-open-work',
  async up(db) {
    // The last two are always null here, but without them SQLite would read the row to see so. An id alone it would look up in
    // its own index, whatever else there is.
    await sql`create index to_dos_open_mine on to_dos
      ((cast(id as text)), project_id, id, due_on, priority, rank, completed_at, deleted_at)
      where completed_at is null and deleted_at is null`.execute(db);
  },
};
