/**
 * Reads milestones, how far they are, and the dated to-dos of the timeline: a fixed number of queries a project, however
 * many milestones it has.
 */
import { sql } from 'kysely';
import type { Milestone } from '../../wire/milestone.ts';
import { milestonesMax } from '../../wire/milestone.ts';
import type { Executor } from '../api/workspace.ts';
import { type MilestoneRow, type ProgressRow, presentMilestone, presentProgress, type TimelineRow } from './present.ts';
import type { Edge } from './rules.ts';

const timelineToDosMax = 2_000;

/**
 * What a to-do counts for: its effort (3, the middle, when none is said) times a factor for its priority, from 2 for
 * the most pressing to 1 for the least (1.5, the middle, when none is said).
 */
const weight = sql<number>`coalesce(to_dos.effort, 3) * (case to_dos.priority
  when 1 then 2.0 when 2 then 1.75 when 3 then 1.5 when 4 then 1.25 when 5 then 1.0 else 1.5 end)`;

function selectMilestones(db: Executor) {
  return db
    .selectFrom('milestones')
    .leftJoin('people', 'people.id', 'milestones.owner_id')
    .selectAll('milestones')
    .select('people.name as owner_name');
}

function selectProgress(db: Executor) {
  return db
    .selectFrom('milestones')
    .innerJoin('to_dos', 'to_dos.milestone_id', 'milestones.id')
    .where('to_dos.deleted_at', 'is', null)
    .groupBy('milestones.id')
    .select(({ fn }) => [
      'milestones.id as milestone_id',
      fn.countAll<number>().as('to_dos'),
      fn.count<number>('to_dos.completed_at').as('done'),
      sql<number>`sum(${weight})`.as('weight'),
      sql<number>`sum(case when to_dos.completed_at is null then 0 else ${weight} end)`.as('weight_done'),
    ]);
}

function selectEdges(db: Executor) {
  return db
    .selectFrom('milestone_dependencies')
    .innerJoin('milestones', 'milestones.id', 'milestone_dependencies.milestone_id')
    .select(['milestone_dependencies.milestone_id', 'milestone_dependencies.depends_on_id']);
}

/** All of a project, in their order. */
export async function listMilestones(db: Executor, projectId: string): Promise<Milestone[]> {
  const rows = await selectMilestones(db)
    .where('milestones.project_id', '=', projectId)
    .orderBy('milestones.rank')
    .limit(milestonesMax)
    .execute();
  if (rows.length === 0) return [];
  const progress = await selectProgress(db).where('milestones.project_id', '=', projectId).execute();
  return joinMilestones(rows, await readEdges(db, projectId), progress);
}

export async function readMilestone(db: Executor, projectId: string, id: string): Promise<Milestone | undefined> {
  const row = await selectMilestones(db)
    .where('milestones.project_id', '=', projectId)
    .where('milestones.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const progress = await selectProgress(db).where('milestones.id', '=', id).execute();
  const edges = await selectEdges(db).where('milestones.id', '=', id).execute();
  return joinMilestones([row], edges, progress)[0];
}

/** The milestones that are not done, of all these projects, the soonest end first. */
export async function listOpenMilestones(
  db: Executor,
  projectIds: readonly string[],
  max: number,
): Promise<(Milestone & { projectId: string })[]> {
  if (projectIds.length === 0) return [];
  const rows = await selectMilestones(db)
    .where('milestones.project_id', 'in', projectIds)
    .where('milestones.status', '!=', 'done')
    .orderBy((order) => order('milestones.end_on', 'is', null))
    .orderBy('milestones.end_on')
    .orderBy('milestones.title')
    .limit(max)
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const progress = await selectProgress(db).where('milestones.id', 'in', ids).execute();
  const edges = await selectEdges(db).where('milestones.id', 'in', ids).execute();
  return joinMilestones(rows, edges, progress).map((milestone, index) => ({
    ...milestone,
    projectId: rows[index]?.project_id ?? '',
  }));
}

function joinMilestones(
  rows: readonly MilestoneRow[],
  edges: readonly Edge[],
  progress: readonly ProgressRow[],
): Milestone[] {
  const waitsFor = Map.groupBy(edges, ({ milestone_id }) => milestone_id);
  const progressOf = new Map(progress.map((row) => [row.milestone_id, row]));
  return rows.map((row) => {
    const dependsOnIds = (waitsFor.get(row.id) ?? []).map(({ depends_on_id }) => depends_on_id).sort();
    return presentMilestone(row, dependsOnIds, presentProgress(progressOf.get(row.id)));
  });
}

export async function readEdges(db: Executor, projectId: string): Promise<Edge[]> {
  return selectEdges(db).where('milestones.project_id', '=', projectId).execute();
}

/** The to-dos of a project that have work days, the earliest first. */
export async function listTimelineToDos(
  db: Executor,
  projectId: string,
): Promise<{ rows: TimelineRow[]; more: boolean }> {
  const rows = await db
    .selectFrom('to_dos')
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .where((where) => where.or([where('work_start_on', 'is not', null), where('work_end_on', 'is not', null)]))
    .select(['number', 'title', 'milestone_id', 'work_start_on', 'work_end_on', 'completed_at', 'version'])
    .orderBy(({ fn }) => fn.coalesce('work_start_on', 'work_end_on'))
    .orderBy('number')
    .limit(timelineToDosMax + 1)
    .execute();
  return { rows: rows.slice(0, timelineToDosMax), more: rows.length > timelineToDosMax };
}
