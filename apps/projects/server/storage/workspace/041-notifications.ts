/** Notifications and how people want to be told. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '041-notifications',
  async up(db) {
    await db.schema
      .createTable('notifications')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('kind', 'varchar(20)', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addColumn('to_do_id', 'varchar(64)', (column) => column.references('to_dos.id').onDelete('cascade'))
      .addColumn('actor_id', 'varchar(64)')
      .addColumn('title', 'text', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('once', 'varchar(160)', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('read_at', 'bigint')
      .addColumn('mail', 'varchar(8)', (column) => column.notNull())
      .addColumn('mail_id', 'varchar(64)')
      .addUniqueConstraint('notifications_once', ['person_id', 'once'])
      .execute();
    await db.schema
      .createIndex('notifications_person')
      .on('notifications')
      .columns(['person_id', 'created_at'])
      .execute();
    await db.schema.createIndex('notifications_mail').on('notifications').columns(['mail', 'person_id']).execute();
    await db.schema
      .createTable('notification_ways')
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('kind', 'varchar(20)', (column) => column.notNull())
      .addColumn('way', 'varchar(8)', (column) => column.notNull())
      .addPrimaryKeyConstraint('notification_ways_primary', ['person_id', 'kind'])
      .execute();
    await db.schema
      .createTable('notification_people')
      .addColumn('person_id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('frequency', 'varchar(12)', (column) => column.notNull())
      .addColumn('hour', 'integer', (column) => column.notNull())
      .addColumn('time_zone', 'varchar(64)', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('notification_mutes')
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('project_id', 'varchar(64)', (column) =>
        column.notNull().references('projects.id').onDelete('cascade'),
      )
      .addPrimaryKeyConstraint('notification_mutes_primary', ['person_id', 'project_id'])
      .execute();
  },
};
