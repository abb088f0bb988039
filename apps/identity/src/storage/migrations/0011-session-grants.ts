/** In which session of the engine a grant was given, so that the session's end finds it. Grants from before have none. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0011-session-grants',
  async up(kysely) {
    await kysely.schema.alterTable('grants').addColumn('session_uid', 'varchar(64)').execute();
    await kysely.schema.createIndex('grants_session').on('grants').column('session_uid').execute();
  },
};
