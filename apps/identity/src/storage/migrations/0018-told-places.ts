/**
 * Whether somebody was told of a place from which they signed in, and who is signed in from anywhere at all: their first place
 * teaches and is not told. Places that were there before count as told.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

export const step: Migration = {
  name: '0018-told-places',
  async up(kysely) {
    await kysely.schema.alterTable('known_places').addColumn('told_at_ms', 'bigint').execute();
    await kysely.schema
      .alterTable('known_places')
      .addColumn('telling_until_ms', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    await sql`update known_places set told_at_ms = used_at_ms`.execute(kysely);
    await kysely.schema
      .createTable('place_owners')
      .addColumn('username', 'varchar(255)', (column) => column.primaryKey())
      .execute();
    await sql`insert into place_owners (username) select distinct username from known_places`.execute(kysely);
  },
};
