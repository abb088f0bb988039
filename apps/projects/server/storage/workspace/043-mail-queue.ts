/** Mail on its way. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '043-mail-queue',
  async up(db) {
    await db.schema
      .createTable('mail_queue')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('state', 'varchar(8)', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('handed_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('ended_at', 'bigint')
      .execute();
    await db.schema.createIndex('mail_queue_due').on('mail_queue').columns(['state', 'due_at']).execute();
    await db.schema.createIndex('notifications_mail_id').on('notifications').column('mail_id').execute();
  },
};
