/**
 * When a project was put into the trash, and when it was ended for good. With the indexes that the end of many to-dos at
 * once needs: a foreign key without one has its whole table read for every row that goes.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

const references = [
  ['comments', 'reply_to'],
  ['notifications', 'to_do_id'],
  ['former_numbers', 'to_do_id'],
] as const;

export const step: Migration = {
  name: '097-project-trash',
  async up(db) {
    const alter = db.schema.alterTable('projects');
    // SQLite adds one column a statement.
    await alter.addColumn('deleted_at', 'bigint').execute();
    await alter.addColumn('deleted_by', 'varchar(64)').execute();
    await alter.addColumn('purged_at', 'bigint').execute();
    for (const [table, column] of references)
      await db.schema
        .createIndex(`${table}_${column}`)
        .on(table)
        .column(column)
        .where(sql.ref(column), 'is not', null)
        .execute();
  },
};
