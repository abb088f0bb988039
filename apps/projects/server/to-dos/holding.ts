/** What every change of to-dos begins with: the project's row held, so that one change follows another. */
import type { Executor, Workspace } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';

/** On SQLite every transaction holds everything. */
export async function holdProject({ dialect }: Workspace, trx: Executor, project: SeenProject): Promise<void> {
  if (dialect === 'sqlite') return;
  await trx.selectFrom('projects').select('id').where('id', '=', project.row.id).forUpdate().execute();
}

/** The next number of the project. The caller holds it. */
export function takeNumber(trx: Executor, projectId: string): Promise<number> {
  return takeNumbers(trx, projectId, 1);
}

/** The first of so many numbers in a row. */
export async function takeNumbers(trx: Executor, projectId: string, count: number): Promise<number> {
  const { next_number } = await trx
    .updateTable('projects')
    .set((set) => ({ next_number: set('next_number', '+', count) }))
    .where('id', '=', projectId)
    .returning('next_number')
    .executeTakeFirstOrThrow();
  return next_number - count;
}
