/** How many cards a column should hold at most, and whether it is shown on the board. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '061-status-settings',
  async up(db) {
    await db.schema.alterTable('project_statuses').addColumn('wip_limit', 'integer').execute();
    await db.schema
      .alterTable('project_statuses')
      .addColumn('on_board', 'integer', (column) => column.notNull().defaultTo(1))
      .execute();
  },
};
