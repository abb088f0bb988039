/** The table of people. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0001-people',
  async up(db) {
    await db.schema
      .createTable('people')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('name', 'varchar(255)', (column) => column.notNull())
      .addColumn('email', 'varchar(320)', (column) => column.notNull().unique())
      .addColumn('role', 'integer', (column) => column.notNull())
      .addColumn('first_name', 'varchar(255)', (column) => column.notNull())
      .addColumn('last_name', 'varchar(255)', (column) => column.notNull())
      .addColumn('phone', 'varchar(255)', (column) => column.notNull())
      .addColumn('job_title', 'varchar(255)', (column) => column.notNull())
      .addColumn('job_level', 'varchar(255)', (column) => column.notNull())
      .addColumn('department', 'varchar(255)', (column) => column.notNull())
      .addColumn('issuer', 'varchar(512)')
      .addColumn('subject', 'varchar(255)')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_sign_in_at', 'bigint')
      .addUniqueConstraint('people_identity', ['issuer', 'subject'])
      .execute();
  },
};
