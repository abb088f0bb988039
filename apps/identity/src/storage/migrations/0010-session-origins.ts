/** Where each portal session began, so that people recognise theirs. Sessions from before have none. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0010-session-origins',
  async up(kysely) {
    await kysely.schema.alterTable('portal_sessions').addColumn('network', 'varchar(64)').execute();
    await kysely.schema.alterTable('portal_sessions').addColumn('user_agent', 'varchar(255)').execute();
  },
};
