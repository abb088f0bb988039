/** What webhooks were told of comments is kept a while: their words, which are read when they are sent, go from it too. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';
import { wordless } from './099-notified-comments.ts';

export const step: Migration = {
  name: '102-wordless-deliveries',
  async up(db, dialect) {
    await sql`update webhook_deliveries set body = ${wordless(dialect, 'body', '$.data.excerpt')}
      where kind in ('comment.added', 'comment.changed')`.execute(db);
  },
};
