/** Binds the lines of history that one act wrote, and says which version of the to-do they made: for undoing and merging. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '006-history-changes',
  async up(db) {
    const alter = db.schema.alterTable('to_do_history');
    await alter.addColumn('change_id', 'varchar(64)').execute();
    await alter.addColumn('version', 'integer', (column) => column.notNull().defaultTo(0)).execute();
    await db.schema.createIndex('to_do_history_change').on('to_do_history').column('change_id').execute();
  },
};
