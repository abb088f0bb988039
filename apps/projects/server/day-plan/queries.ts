/** Reads what somebody planned, as far as they still see the to-dos. What is in the trash is not there; restored, it is again. */
import type { DayBlock } from '../../wire/day-plan.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import { listProjectsById } from '../projects/queries.ts';

/** Between two days, both included. */
export type PlanSpan = { readonly from: string; readonly to: string };

export type PlannedBlock = DayBlock & {
  readonly toDoId: string;
  readonly changes: number;
  readonly updatedAt: number;
};

/** In the order of the clock. */
export async function readPlan(db: Executor, viewer: Viewer, span: PlanSpan, max: number): Promise<PlannedBlock[]> {
  return readBlocks(db, viewer, max, (query) => query.where('day', '>=', span.from).where('day', '<=', span.to));
}

export async function readBlock(db: Executor, viewer: Viewer, id: string): Promise<PlannedBlock | undefined> {
  return (await readBlocks(db, viewer, 1, (query) => query.where('day_plan.id', '=', id)))[0];
}

async function readBlocks(
  db: Executor,
  viewer: Viewer,
  max: number,
  narrow: (query: ReturnType<typeof selectBlocks>) => ReturnType<typeof selectBlocks>,
): Promise<PlannedBlock[]> {
  const rows = await narrow(selectBlocks(db, viewer)).orderBy('day').orderBy('start_minute').limit(max).execute();
  if (rows.length === 0) return [];
  const seen = await listProjectsById(
    db,
    viewer,
    rows.map(({ project_id }) => project_id),
  );
  const projects = new Map(seen.map(({ row }) => [row.id, row]));
  return rows.flatMap(({ project_id, completed_at, ...block }) => {
    const project = projects.get(project_id);
    if (project?.state !== 'open') return [];
    return [{ ...block, projectKey: project.key, projectName: project.name, isDone: completed_at !== null }];
  });
}

function selectBlocks(db: Executor, viewer: Viewer) {
  return db
    .selectFrom('day_plan')
    .innerJoin('to_dos', 'to_dos.id', 'day_plan.to_do_id')
    .where('day_plan.person_id', '=', viewer.id)
    .where('to_dos.deleted_at', 'is', null)
    .select([
      'day_plan.id',
      'day_plan.day',
      'day_plan.start_minute as startMinute',
      'day_plan.minutes',
      'day_plan.changes',
      'day_plan.updated_at as updatedAt',
      'to_dos.id as toDoId',
      'to_dos.project_id',
      'to_dos.number',
      'to_dos.title',
      'to_dos.status_id as statusId',
      'to_dos.completed_at',
    ]);
}
