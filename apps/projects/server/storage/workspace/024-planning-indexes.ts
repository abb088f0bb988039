/** What planning asks of to-dos and their history, as indexes: who left a sprint, what is dated, what is late. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '024-planning-indexes',
  async up(db) {
    // Only lines of one field: other values may be longer than an index can hold.
    await sql`create index to_do_history_sprint on to_do_history (old_value) where field = 'sprint'`.execute(db);
    await sql`create index to_dos_dated on to_dos (project_id)
      where work_start_on is not null or work_end_on is not null`.execute(db);
    await sql`create index to_dos_open_due on to_dos (project_id, due_on)
      where completed_at is null and deleted_at is null`.execute(db);
  },
};
