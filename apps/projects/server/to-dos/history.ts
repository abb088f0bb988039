/** Writes down what changed, with the value before and after. Who may read it is not decided here. */
import type { HistoryField } from '../../wire/to-do.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';

/** Raw values, as `to_do_history` keeps them (`schema.ts`). */
export type Change = { readonly field: HistoryField; readonly from: string | null; readonly to: string | null };

/** A change of one to-do, with the version of it that the change made. */
export type Line = Change & { readonly toDoId: string; readonly version: number };

/** `changeId` binds everything that one act changes, so that it can be undone; null where it cannot. */
export async function addHistory(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  lines: readonly Line[],
  changeId: string | null,
): Promise<void> {
  if (lines.length === 0) return;
  const at = workspace.now();
  const rows = lines.map(({ toDoId, field, from, to, version }) => ({
    id: workspace.newId(),
    to_do_id: toDoId,
    person_id: viewer.id,
    field,
    old_value: from,
    new_value: to,
    at,
    change_id: changeId,
    version,
  }));
  await trx.insertInto('to_do_history').values(rows).execute();
}

/** What others changed on a to-do after it had that version. */
export async function fieldsChangedSince(trx: Executor, toDoId: string, version: number): Promise<Set<HistoryField>> {
  const rows = await trx
    .selectFrom('to_do_history')
    .select('field')
    .distinct()
    .where('to_do_id', '=', toDoId)
    .where('version', '>', version)
    .execute();
  return new Set(rows.map(({ field }) => field));
}
