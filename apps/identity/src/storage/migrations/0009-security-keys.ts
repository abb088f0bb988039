/** Security keys and passkeys, under which handle an authenticator knows a person, and which second factor they like best. */
import { bytesType } from '@gatehouse/storage/database.ts';
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0009-security-keys',
  async up(kysely, dialect) {
    await kysely.schema
      .createTable('security_keys')
      .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
      // An identifier may have 1,023 bytes, more than an index takes: its digest stands for it.
      .addColumn('credential_digest', 'varchar(43)', (column) => column.notNull().unique())
      .addColumn('credential_id', 'text', (column) => column.notNull())
      .addColumn('rp_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('name', 'varchar(64)', (column) => column.notNull())
      .addColumn('user_handle', 'varchar(128)')
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at_ms', 'bigint')
      .addColumn('aaguid', 'varchar(36)')
      .addColumn('attestation_type', 'varchar(32)', (column) => column.notNull())
      .addColumn('attestation_format', 'varchar(32)', (column) => column.notNull())
      .addColumn('attachment', 'varchar(32)', (column) => column.notNull())
      .addColumn('transports', 'varchar(128)', (column) => column.notNull())
      .addColumn('sign_count', 'bigint', (column) => column.notNull())
      .addColumn('clone_warning', 'integer', (column) => column.notNull())
      .addColumn('legacy', 'integer', (column) => column.notNull())
      .addColumn('discoverable', 'integer', (column) => column.notNull())
      .addColumn('user_present', 'integer', (column) => column.notNull())
      .addColumn('user_verified', 'integer', (column) => column.notNull())
      .addColumn('backup_eligible', 'integer', (column) => column.notNull())
      .addColumn('backup_state', 'integer', (column) => column.notNull())
      .addColumn('public_key', bytesType(dialect), (column) => column.notNull())
      .addColumn('attestation', bytesType(dialect), (column) => column.notNull())
      .addUniqueConstraint('security_keys_name', ['username', 'rp_id', 'name'])
      .execute();
    await kysely.schema
      .createTable('security_key_handles')
      .addColumn('rp_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('user_handle', 'varchar(128)', (column) => column.notNull())
      .addPrimaryKeyConstraint('security_key_handles_pk', ['rp_id', 'username'])
      .execute();
    await kysely.schema
      .createTable('factor_preferences')
      .addColumn('username', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('method', 'varchar(16)', (column) => column.notNull())
      .execute();
  },
};
