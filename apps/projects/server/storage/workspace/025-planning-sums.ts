/**
 * Milestones and sprints find their to-dos by indexes that hold what is added up, and that know only to-dos which have one:
 * otherwise everything that is in no sprint would be looked through for the backlog of one project.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '025-planning-sums',
  async up(db) {
    await db.schema.dropIndex('to_dos_milestone').execute();
    await sql`create index to_dos_milestone on to_dos (milestone_id, deleted_at, completed_at, effort, priority)
      where milestone_id is not null`.execute(db);
    await db.schema.dropIndex('to_dos_sprint').execute();
    await sql`create index to_dos_sprint on to_dos (sprint_id, deleted_at, completed_at, effort)
      where sprint_id is not null`.execute(db);
  },
};
