/** What one's own work asks of to-dos: the open ones in the order they are shown, and what was done since a day. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '095-my-work-indexes',
  async up(db) {
    await sql`create index to_dos_open_order on to_dos ((due_on is null), due_on, (coalesce(priority, 6)))
      where completed_at is null and deleted_at is null`.execute(db);
    await sql`create index to_dos_done on to_dos (completed_at)
      where completed_at is not null and deleted_at is null`.execute(db);
  },
};
