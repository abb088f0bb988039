/**
 * Writes many to-dos at once: rows in batches, and what hangs on them. Knows no format; the caller holds the project, has
 * asked the policy, and has checked every id.
 */
import type { Insertable } from 'kysely';
import type { Executor, Tables, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { ToDoRow } from '../to-dos/present.ts';

export type NewToDo = {
  readonly row: ToDoRow;
  readonly assigneeIds: readonly string[];
  readonly watcherIds: readonly string[];
  readonly tagIds: readonly string[];
};

/** Some thirty columns a row; SQLite binds 32,766 values a statement. */
const batchRows = 500;

export async function writeToDos(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  toDos: readonly NewToDo[],
  changeId: string,
): Promise<void> {
  // A part comes after its whole: its row refers to it.
  const rows = toDos
    .map(({ row }) => row)
    .toSorted((a, b) => Number(a.parent_id !== null) - Number(b.parent_id !== null));
  await insertMany(trx, 'to_dos', rows);
  await insertMany(
    trx,
    'to_do_assignees',
    toDos.flatMap(({ row, assigneeIds }) => assigneeIds.map((person_id) => ({ to_do_id: row.id, person_id }))),
  );
  await insertMany(
    trx,
    'watchers',
    toDos.flatMap(({ row, watcherIds }) =>
      [...new Set(watcherIds)].map((person_id) => ({ to_do_id: row.id, person_id, watching: 1 as const })),
    ),
  );
  await insertMany(
    trx,
    'to_do_tags',
    toDos.flatMap(({ row, tagIds }) => tagIds.map((tag_id) => ({ to_do_id: row.id, tag_id }))),
  );
  const at = workspace.now();
  await insertMany(
    trx,
    'to_do_history',
    toDos.map(({ row }) => ({
      id: workspace.newId(),
      to_do_id: row.id,
      person_id: viewer.id,
      field: 'created' as const,
      old_value: null,
      new_value: row.title,
      at,
      change_id: changeId,
      version: 1,
    })),
  );
}

export async function insertMany<Table extends keyof Tables & string>(
  trx: Executor,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += batchRows)
    await trx
      .insertInto<keyof Tables & string>(table)
      .values(rows.slice(from, from + batchRows) as never)
      .execute();
}
