/** Who removed a comment or a file, for only they or a moderator bring it back. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '010-removers',
  async up(db) {
    for (const table of ['comments', 'files'])
      await db.schema.alterTable(table).addColumn('removed_by', 'varchar(64)').execute();
  },
};
