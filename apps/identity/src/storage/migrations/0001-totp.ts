/** One-time code factors, and the time steps that were already spent. */
import { bytesType } from '@gatehouse/storage/database.ts';
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0001-totp',
  async up(kysely, dialect) {
    await kysely.schema
      .createTable('one_time_code_factors')
      .addColumn('username', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('factor_id', 'varchar(36)', (column) => column.notNull().unique())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('issuer', 'varchar(255)', (column) => column.notNull())
      .addColumn('algorithm', 'varchar(6)', (column) => column.notNull())
      .addColumn('digits', 'integer', (column) => column.notNull())
      .addColumn('period_seconds', 'integer', (column) => column.notNull())
      .addColumn('secret', bytesType(dialect), (column) => column.notNull())
      .execute();
    await kysely.schema
      .createTable('totp_used_steps')
      .addColumn('factor_id', 'varchar(36)', (column) => column.notNull())
      .addColumn('step', 'bigint', (column) => column.notNull())
      .addColumn('used_at_ms', 'bigint', (column) => column.notNull())
      // The constraint that decides which of two callers spent a code.
      .addPrimaryKeyConstraint('totp_used_steps_pk', ['factor_id', 'step'])
      .execute();
    await kysely.schema.createIndex('totp_used_steps_used_at').on('totp_used_steps').column('used_at_ms').execute();
  },
};
