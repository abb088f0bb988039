/** Whether a milestone or a sprint that a request names is one of the project. */
import { invalid, type Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';

export type PlanPlace = {
  readonly milestoneId?: string | null | undefined;
  readonly sprintId?: string | null | undefined;
};

export async function refuseStrangePlace(
  trx: Executor,
  project: SeenProject,
  { milestoneId, sprintId }: PlanPlace,
): Promise<Refusal | undefined> {
  if (milestoneId && !(await isInProject(trx, 'milestones', project, milestoneId)))
    return invalid([{ path: 'milestoneId', message: 'This project has no such milestone.' }]);
  if (sprintId && !(await isInProject(trx, 'sprints', project, sprintId)))
    return invalid([{ path: 'sprintId', message: 'This project has no such sprint.' }]);
  return undefined;
}

/** The milestone or sprint if the project still has it, else null. */
export async function keepPlace(
  trx: Executor,
  table: 'milestones' | 'sprints',
  project: SeenProject,
  id: string | null,
): Promise<string | null> {
  return id !== null && (await isInProject(trx, table, project, id)) ? id : null;
}

async function isInProject(
  trx: Executor,
  table: 'milestones' | 'sprints',
  project: SeenProject,
  id: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom(table)
    .select('id')
    .where('project_id', '=', project.row.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
