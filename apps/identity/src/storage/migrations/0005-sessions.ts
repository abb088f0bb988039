/** Which portal sessions there are, what applications got in them, and which of those are still to be told of an end. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0005-sessions',
  async up(kysely) {
    await kysely.schema
      .createTable('portal_sessions')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('cookie_domain', 'varchar(255)', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('look_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('watched', 'integer', (column) => column.notNull())
      .addColumn('end_reason', 'varchar(16)')
      .execute();
    for (const column of ['username', 'look_at_ms'] as const)
      await kysely.schema.createIndex(`portal_sessions_${column}`).on('portal_sessions').column(column).execute();
    await kysely.schema
      .createTable('provider_sessions')
      .addColumn('portal_session_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('issuer', 'varchar(255)', (column) => column.notNull())
      .addColumn('uid', 'varchar(64)', (column) => column.notNull())
      .addPrimaryKeyConstraint('provider_sessions_pk', ['portal_session_id', 'issuer', 'uid'])
      .execute();
    await kysely.schema
      .createTable('session_applications')
      .addColumn('portal_session_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('issuer', 'varchar(255)', (column) => column.notNull())
      .addColumn('client_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('subject', 'varchar(36)', (column) => column.notNull())
      .addColumn('sid', 'varchar(64)', (column) => column.notNull())
      .addPrimaryKeyConstraint('session_applications_pk', ['portal_session_id', 'sid'])
      .execute();
    await kysely.schema
      .createTable('logout_notices')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('issuer', 'varchar(255)', (column) => column.notNull())
      .addColumn('client_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('subject', 'varchar(36)', (column) => column.notNull())
      .addColumn('sid', 'varchar(64)', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('next_attempt_ms', 'bigint', (column) => column.notNull())
      .execute();
    await kysely.schema
      .createIndex('logout_notices_next_attempt')
      .on('logout_notices')
      .column('next_attempt_ms')
      .execute();
  },
};
