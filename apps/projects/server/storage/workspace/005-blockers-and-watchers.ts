/** Which to-do waits for which other, and who wants to hear about one. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '005-blockers-and-watchers',
  async up(db) {
    await db.schema
      .createTable('to_do_blockers')
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('blocked_by_id', 'varchar(64)', (column) =>
        column.notNull().references('to_dos.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('to_do_blockers_primary', ['to_do_id', 'blocked_by_id'])
      .execute();
    await db.schema.createIndex('to_do_blockers_by').on('to_do_blockers').column('blocked_by_id').execute();
    await db.schema
      .createTable('watchers')
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      // 0 remembers that somebody does not want to, so that nothing they do later makes them watch again.
      .addColumn('watching', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('watchers_primary', ['to_do_id', 'person_id'])
      .execute();
    await db.schema.createIndex('watchers_person').on('watchers').column('person_id').execute();
  },
};
