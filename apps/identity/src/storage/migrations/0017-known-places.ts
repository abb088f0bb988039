/** From where people signed in before, as keyed digests. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '0017-known-places',
  async up(kysely) {
    await kysely.schema
      .createTable('known_places')
      .addColumn('username', 'varchar(255)', (column) => column.notNull())
      .addColumn('digest', 'varchar(43)', (column) => column.notNull())
      .addColumn('used_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('known_places_pk', ['username', 'digest'])
      .execute();
    await kysely.schema.createIndex('known_places_used').on('known_places').column('used_at_ms').execute();
  },
};
