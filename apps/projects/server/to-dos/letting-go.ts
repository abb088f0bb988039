/**
 * What becomes of the to-dos of a column, tag, milestone or sprint that goes: each is one version further and has a line in its
 * history, in few statements however many there are; and what is gone keeps its name for those lines. The lines belong to no
 * act that could be undone, for what is gone does not come back. The caller holds the project, writes the to-dos themselves,
 * and tells of it once, in the change record of what went.
 */
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import { addHistory, type Change } from './history.ts';

const batchMax = 500;

export type LetGo = Change & { readonly toDoId: string };

/** `gone`: what is removed; `changes`: one for each to-do that was in it, also those in the trash. */
export async function letGo(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  gone: { readonly id: string; readonly projectId: string; readonly name: string },
  changes: readonly LetGo[],
): Promise<void> {
  await trx.insertInto('former_names').values({ id: gone.id, project_id: gone.projectId, name: gone.name }).execute();
  for (let from = 0; from < changes.length; from += batchMax)
    await noteSome(workspace, trx, viewer, changes.slice(from, from + batchMax));
}

async function noteSome(workspace: Workspace, trx: Executor, viewer: Viewer, changes: readonly LetGo[]): Promise<void> {
  const ids = changes.map(({ toDoId }) => toDoId);
  const rows = await trx
    .updateTable('to_dos')
    .set((set) => ({ version: set('version', '+', 1), updated_at: workspace.now() }))
    .where('id', 'in', ids)
    .returning(['id', 'version'])
    .execute();
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  const lines = changes.map((change) => ({ ...change, version: versions.get(change.toDoId) ?? 0 }));
  await addHistory(workspace, trx, viewer, lines, null);
}
