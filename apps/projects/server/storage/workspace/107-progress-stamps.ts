/**
 * A stamp on each project that is another one after every change of what progress is added up from, so that sums which were
 * read under it hold as long as it stands. Triggers set it, in the transaction of the change itself, so no command can forget
 * to. Stamps are never used again, also where a transaction came to nothing.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';

/** What `sumCounted` reads of a to-do. */
const counted = ['project_id', 'milestone_id', 'parent_id', 'deleted_at', 'completed_at', 'effort', 'priority'];

export const step: Migration = {
  name: '107-progress-stamps',
  async up(db, dialect) {
    await db.schema.alterTable('projects').addColumn('progress_stamp', 'varchar(20)').execute();
    const steps = dialect === 'postgres' ? postgresSteps() : sqliteSteps();
    for (const each of steps) await sql.raw(each).execute(db);
  },
};

function sqliteSteps(): string[] {
  const stamp = 'update projects set progress_stamp = hex(randomblob(8))';
  return [
    `create trigger progress_insert after insert on to_dos begin ${stamp} where id = new.project_id; end`,
    `create trigger progress_delete after delete on to_dos begin ${stamp} where id = old.project_id; end`,
    `create trigger progress_update after update of ${counted.join(', ')} on to_dos
      when ${counted.map((column) => `old.${column} is not new.${column}`).join(' or ')}
      begin ${stamp} where id in (old.project_id, new.project_id); end`,
  ];
}

/** The number of the transaction, so that a project is written once, however many of its to-dos change. */
function postgresSteps(): string[] {
  return [
    `create or replace function progress_stamp() returns trigger language plpgsql as $$
      declare stamp text := pg_current_xact_id();
      begin
        update projects set progress_stamp = stamp
          where id in (old.project_id, new.project_id) and progress_stamp is distinct from stamp;
        return null;
      end $$`,
    `create trigger progress_always after insert or delete on to_dos for each row execute function progress_stamp()`,
    `create trigger progress_update after update of ${counted.join(', ')} on to_dos
      for each row when (${counted.map((column) => `old.${column} is distinct from new.${column}`).join(' or ')})
      execute function progress_stamp()`,
  ];
}
