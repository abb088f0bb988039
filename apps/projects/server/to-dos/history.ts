/** Writes down what changed, with the value before and after. Who may read it is not decided here. */
import type { HistoryField } from '../../wire/to-do.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';

/** Raw values, as `to_do_history` keeps them (`schema.ts`). */
export type Change = { readonly field: HistoryField; readonly from: string | null; readonly to: string | null };

export async function addHistory(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  toDoId: string,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  const at = workspace.now();
  const rows = changes.map(({ field, from, to }) => ({
    id: workspace.newId(),
    to_do_id: toDoId,
    person_id: viewer.id,
    field,
    old_value: from,
    new_value: to,
    at,
  }));
  await trx.insertInto('to_do_history').values(rows).execute();
}
