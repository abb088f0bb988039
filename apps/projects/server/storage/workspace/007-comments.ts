/** Comments on to-dos, in threads of one level, and the reactions to them. */
import type { Migration } from '@gatehouse/storage/migrate.ts';

export const step: Migration = {
  name: '007-comments',
  async up(db) {
    await db.schema
      .createTable('comments')
      .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('to_do_id', 'varchar(64)', (column) => column.notNull().references('to_dos.id').onDelete('cascade'))
      .addColumn('reply_to', 'varchar(64)', (column) => column.references('comments.id').onDelete('cascade'))
      .addColumn('author_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('body_doc', 'text')
      .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('edited_at', 'bigint')
      .addColumn('removed_at', 'bigint')
      .addUniqueConstraint('comments_creation', ['to_do_id', 'author_id', 'creation_key'])
      .execute();
    await db.schema.createIndex('comments_to_do').on('comments').columns(['to_do_id', 'created_at']).execute();
    await db.schema
      .createTable('comment_reactions')
      .addColumn('comment_id', 'varchar(64)', (column) =>
        column.notNull().references('comments.id').onDelete('cascade'),
      )
      .addColumn('person_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('reaction', 'varchar(16)', (column) => column.notNull())
      .addPrimaryKeyConstraint('comment_reactions_primary', ['comment_id', 'person_id', 'reaction'])
      .execute();
  },
};
