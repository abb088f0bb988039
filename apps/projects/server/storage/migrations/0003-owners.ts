/** How a workspace gets its first owner, and owners for emergencies: codes, local accounts, and who tried them. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0003-owners',
  async up(db) {
    await db.schema
      .createTable('owner_codes')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('digest', 'varchar(64)', (column) => column.notNull())
      .addColumn('tries_left', 'integer', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await db.schema
      .createTable('local_owners')
      .addColumn('name', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull().unique())
      .addColumn('digest', 'varchar(255)', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('local_sign_ins')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('name', 'varchar(64)', (column) => column.notNull())
      .addColumn('outcome', 'varchar(16)', (column) => column.notNull())
      .addColumn('address', 'varchar(64)', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('local_sign_ins_address').on('local_sign_ins').columns(['address', 'at']).execute();
    await db.schema.createIndex('local_sign_ins_at').on('local_sign_ins').column('at').execute();
  },
};
