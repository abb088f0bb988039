/**
 * What is added up of to-dos for the progress of projects and milestones, as indexes that hold all of it: of every to-do what
 * it says for itself, and the subtasks by their cards.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '104-progress-indexes',
  async up(db) {
    await db.schema
      .createIndex('to_dos_counted')
      .on('to_dos')
      .columns(['project_id', 'deleted_at', 'completed_at', 'effort', 'created_at'])
      .execute();
    for (const whole of ['project_id', 'milestone_id'])
      await db.schema
        .createIndex(`to_dos_pieces_${whole}`)
        .on('to_dos')
        .columns([whole, 'parent_id', 'deleted_at', 'completed_at', 'effort', 'priority'])
        .where(sql.ref('parent_id'), 'is not', null)
        .execute();
  },
};
