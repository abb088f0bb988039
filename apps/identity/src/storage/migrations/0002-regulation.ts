/** What was tried, who is banned, and how often something was attempted lately. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0002-regulation',
  async up(kysely, dialect) {
    await kysely.schema
      .createTable('sign_in_attempts')
      .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigserial', (column) =>
        dialect === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey(),
      )
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('outcome', 'varchar(16)', (column) => column.notNull())
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('address', 'varchar(64)', (column) => column.notNull())
      .addColumn('network', 'varchar(64)', (column) => column.notNull())
      .execute();
    for (const column of ['username', 'network'] as const)
      await kysely.schema
        .createIndex(`sign_in_attempts_${column}`)
        .on('sign_in_attempts')
        .columns([column, 'outcome', 'at_ms'])
        .execute();
    await kysely.schema.createIndex('sign_in_attempts_at').on('sign_in_attempts').column('at_ms').execute();
    await kysely.schema
      .createTable('bans')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('kind', 'varchar(8)', (column) => column.notNull())
      .addColumn('subject', 'varchar(255)', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint')
      .addColumn('revoked_at_ms', 'bigint')
      .addColumn('source', 'varchar(16)', (column) => column.notNull())
      .addColumn('reason', 'varchar(255)', (column) => column.notNull())
      .execute();
    await kysely.schema.createIndex('bans_subject').on('bans').columns(['kind', 'subject']).execute();
    await kysely.schema
      .createTable('attempt_counters')
      .addColumn('bucket', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('ends_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await kysely.schema.createIndex('attempt_counters_ends_at').on('attempt_counters').column('ends_at_ms').execute();
  },
};
