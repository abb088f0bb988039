/** Tags: each project has its own, by name and colour. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '004-tags',
  async up(db) {
    await db.schema
      .createTable('tags')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('name', 'varchar(50)', (column) => column.notNull())
      // The name in small letters, so that "Billing" and "billing" are one tag on every database.
      .addColumn('folded', 'varchar(150)', (column) => column.notNull())
      .addColumn('tone', 'varchar(16)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addUniqueConstraint('tags_name', ['project_id', 'folded'])
      .execute();
    await db.schema
      .createTable('to_do_tags')
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('tag_id', 'varchar(64)', (column) => column.notNull().references('tags.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('to_do_tags_primary', ['to_do_id', 'tag_id'])
      .execute();
    await db.schema.createIndex('to_do_tags_tag').on('to_do_tags').column('tag_id').execute();
  },
};
