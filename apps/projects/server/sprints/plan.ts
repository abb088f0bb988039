/** Writes to-dos into a sprint: one statement for all of them, and a line of history for each. */
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import { addHistory } from '../to-dos/history.ts';
import type { ToDoRow } from '../to-dos/present.ts';
import { recordToDo } from '../to-dos/record.ts';

export async function putIntoSprint(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  toDos: readonly ToDoRow[],
  sprintId: string | null,
): Promise<void> {
  if (toDos.length === 0) return;
  await trx
    .updateTable('to_dos')
    .set((set) => ({ sprint_id: sprintId, version: set('version', '+', 1), updated_at: workspace.now() }))
    .where(
      'id',
      'in',
      toDos.map(({ id }) => id),
    )
    .execute();
  const changeId = workspace.newId();
  for (const row of toDos) {
    const change = { field: 'sprint', from: row.sprint_id, to: sprintId } as const;
    await addHistory(workspace, trx, viewer, [{ ...change, toDoId: row.id, version: row.version + 1 }], changeId);
    await recordToDo(workspace, trx, viewer, row, 'toDo.changed', { fields: ['sprint'] });
  }
}
