/** Files on to-dos: what is known of each. Their bytes are kept elsewhere, under the id. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '008-files',
  async up(db) {
    await db.schema
      .createTable('files')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('name', 'varchar(255)', (column) => column.notNull())
      .addColumn('bytes', 'bigint', (column) => column.notNull())
      .addColumn('sha256', 'varchar(64)', (column) => column.notNull())
      .addColumn('image_type', 'varchar(32)')
      .addColumn('uploaded_by', 'varchar(64)', (column) => column.notNull())
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('removed_at', 'bigint')
      .addUniqueConstraint('files_creation', ['to_do_id', 'uploaded_by', 'creation_key'])
      .execute();
  },
};
