/**
 * Which comment a notification tells. Its words are read from the comment from now on; what was kept of them beside it, in
 * notifications and in the change record, goes.
 */
import type { Dialect } from '@gatehouse/storage/database.ts';
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { type RawBuilder, sql } from 'kysely';

/**
 * The JSON of a column without the words at a path. PostgreSQL cuts them out as text: they may end in half a sign, which it
 * reads in no JSON. A quotation mark inside a text has a backslash before it, so that nothing else looks like this;
 * `commentId` always came first.
 */
export function wordless(dialect: Dialect, column: string, path: string): RawBuilder<unknown> {
  return sql.raw(
    dialect === 'postgres'
      ? String.raw`regexp_replace(${column}, ',"excerpt":"(?:[^"\\]|\\.)*"', '')`
      : `json_remove(${column}, '${path}')`,
  );
}

export const step: Migration = {
  name: '099-notified-comments',
  async up(db, dialect) {
    const isPostgres = dialect === 'postgres';
    await sql`update changes set facts = ${wordless(dialect, 'facts', '$.excerpt')}
      where kind in ('comment.added', 'comment.changed')`.execute(db);
    const commentId = sql.raw(isPostgres ? `facts::json ->> 'commentId'` : `json_extract(facts, '$.commentId')`);
    await db.schema.alterTable('notifications').addColumn('comment_id', 'varchar(64)').execute();
    await sql`update notifications set detail = '', comment_id =
      (select ${commentId} from changes where id = cast(substr(notifications.once, 8) as bigint))
      where kind in ('comment', 'mention') and once like 'change %'`.execute(db);
  },
};
