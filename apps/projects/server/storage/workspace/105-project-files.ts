/** Files may hang on a project itself: each is of a project, and of one of its to-dos or of none. */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { type Kysely, sql } from 'kysely';

export const step: Migration = {
  name: '105-project-files',
  async up(db, dialect) {
    if (dialect === 'sqlite') await makeAnew(db);
    else await alter(db);
    await db.schema.createIndex('files_project').on('files').column('project_id').execute();
    await db.schema
      .createIndex('files_creation_in_project')
      .unique()
      .on('files')
      .columns(['project_id', 'uploaded_by', 'creation_key'])
      .where(sql.ref('to_do_id'), 'is', null)
      .execute();
  },
};

/** SQLite cannot let a column be null that was not; no other table refers to this one. */
async function makeAnew(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('files_anew')
    .addColumn('id', 'varchar(64)', (column) => column.primaryKey())
    .addColumn('to_do_id', 'varchar(64)', (column) => column.references('to_dos.id').onDelete('cascade'))
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'varchar(64)', (column) => column.notNull())
    .addColumn('image_type', 'varchar(32)')
    .addColumn('uploaded_by', 'varchar(64)', (column) => column.notNull())
    .addColumn('creation_key', 'varchar(64)', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('removed_at', 'bigint')
    .addColumn('removed_by', 'varchar(64)')
    .addColumn('project_id', 'varchar(64)', (column) => column.notNull().references('projects.id').onDelete('cascade'))
    .addUniqueConstraint('files_creation', ['to_do_id', 'uploaded_by', 'creation_key'])
    .execute();
  const kept = sql.raw(
    'id, to_do_id, name, bytes, sha256, image_type, uploaded_by, creation_key, created_at, removed_at, removed_by',
  );
  await sql`insert into files_anew (${kept}, project_id)
    select ${kept}, (select project_id from to_dos where to_dos.id = to_do_id) from files`.execute(db);
  await db.schema.dropTable('files').execute();
  await db.schema.alterTable('files_anew').renameTo('files').execute();
}

async function alter(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('files')
    .addColumn('project_id', 'varchar(64)', (column) => column.references('projects.id').onDelete('cascade'))
    .execute();
  await sql`update files set project_id = (select project_id from to_dos where to_dos.id = to_do_id)`.execute(db);
  await db.schema
    .alterTable('files')
    .alterColumn('project_id', (column) => column.setNotNull())
    .execute();
  await db.schema
    .alterTable('files')
    .alterColumn('to_do_id', (column) => column.dropNotNull())
    .execute();
}
