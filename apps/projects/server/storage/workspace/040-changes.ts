/** The change record. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '040-changes',
  async up(db, dialect) {
    await db.schema
      .createTable('changes')
      .addColumn('id', dialect === 'postgres' ? 'bigserial' : 'integer', (column) =>
        dialect === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
      )
      .addColumn('project_id', 'varchar(64)')
      .addColumn('actor_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('kind', 'varchar(40)', (column) => column.notNull())
      .addColumn('subject_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('facts', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('told', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex('changes_project').on('changes').columns(['project_id', 'id']).execute();
    await db.schema.createIndex('changes_subject').on('changes').columns(['subject_id', 'id']).execute();
    await db.schema.createIndex('changes_at').on('changes').column('at').execute();
    // What waits to be told is little; what was told grows.
    await db.schema.createIndex('changes_untold').on('changes').column('id').where(sql.ref('told'), '=', 0).execute();
  },
};
