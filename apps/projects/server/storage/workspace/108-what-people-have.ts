/** Whose to-dos are whose, as an index that holds all of it: without the to-do, each line of it would be looked up. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '108-what-people-have',
  async up(db) {
    await db.schema.dropIndex('to_do_assignees_person').execute();
    await db.schema
      .createIndex('to_do_assignees_person')
      .on('to_do_assignees')
      .columns(['person_id', 'to_do_id'])
      .execute();
  },
};
