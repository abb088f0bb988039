/**
 * Reads milestones, how far they are, and the dated to-dos of the timeline: a fixed number of queries a project, however
 * many milestones it has.
 */
import type { Milestone, ProjectMilestone } from '../../wire/milestone.ts';
import { milestonesMax } from '../../wire/milestone.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import { listProjectsById, selectSeenIds } from '../projects/queries.ts';
import type { ProjectRow } from '../projects/schema.ts';
import type { Counted } from '../to-dos/counted.ts';
import { sumMilestones } from '../to-dos/progress.ts';
import { type MilestoneRow, presentMilestone, presentProgress, type TimelineRow } from './present.ts';
import type { Edge } from './rules.ts';

const timelineToDosMax = 2_000;

function selectMilestones(db: Executor) {
  return db
    .selectFrom('milestones')
    .leftJoin('people', 'people.id', 'milestones.owner_id')
    .selectAll('milestones')
    .select('people.name as owner_name');
}

function selectEdges(db: Executor) {
  return db
    .selectFrom('milestone_dependencies')
    .innerJoin('milestones', 'milestones.id', 'milestone_dependencies.milestone_id')
    .select(['milestone_dependencies.milestone_id', 'milestone_dependencies.depends_on_id']);
}

/** All of a project, in their order. */
export async function listMilestones({ db, progress }: Workspace, project: ProjectRow): Promise<Milestone[]> {
  const rows = await selectMilestones(db)
    .where('milestones.project_id', '=', project.id)
    .orderBy('milestones.rank')
    .limit(milestonesMax)
    .execute();
  if (rows.length === 0) return [];
  const sums = await progress.ofMilestones(rows.map(({ id }) => ({ id, stamp: project.progress_stamp })));
  return joinMilestones(rows, await readEdges(db, project.id), sums);
}

export async function readMilestone(db: Executor, projectId: string, id: string): Promise<Milestone | undefined> {
  const row = await selectMilestones(db)
    .where('milestones.project_id', '=', projectId)
    .where('milestones.id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const sums = await sumMilestones(db, [id]);
  const edges = await selectEdges(db).where('milestones.id', '=', id).execute();
  return joinMilestones([row], edges, sums)[0];
}

/** The milestones that are not done, of all open projects that the viewer sees, the soonest end first. */
export async function listOpenMilestones(
  { db, progress }: Workspace,
  viewer: Viewer,
  max: number,
): Promise<ProjectMilestone[]> {
  const rows = await selectMilestones(db)
    .where('milestones.project_id', 'in', selectSeenIds(db, viewer).where('projects.state', '=', 'open'))
    .where('milestones.status', '!=', 'done')
    .orderBy((order) => order('milestones.end_on', 'is', null))
    .orderBy('milestones.end_on')
    .orderBy('milestones.title')
    .limit(max)
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const edges = await selectEdges(db).where('milestones.id', 'in', ids).execute();
  const projects = await listProjectsById(
    db,
    viewer,
    rows.map(({ project_id }) => project_id),
  );
  const byId = new Map(projects.map(({ row }) => [row.id, row]));
  const seen = rows.flatMap((row) => {
    const project = byId.get(row.project_id);
    return project ? [{ row, project }] : [];
  });
  const sums = await progress.ofMilestones(
    seen.map(({ row, project }) => ({ id: row.id, stamp: project.progress_stamp })),
  );
  const milestones = joinMilestones(
    seen.map(({ row }) => row),
    edges,
    sums,
  );
  return milestones.flatMap((milestone, index) => {
    const project = seen[index]?.project;
    return project ? [{ ...milestone, projectKey: project.key, projectName: project.name }] : [];
  });
}

function joinMilestones(
  rows: readonly MilestoneRow[],
  edges: readonly Edge[],
  sums: ReadonlyMap<string, Counted>,
): Milestone[] {
  const waitsFor = Map.groupBy(edges, ({ milestone_id }) => milestone_id);
  return rows.map((row) => {
    const dependsOnIds = (waitsFor.get(row.id) ?? []).map(({ depends_on_id }) => depends_on_id).sort();
    return presentMilestone(row, dependsOnIds, presentProgress(sums.get(row.id)));
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
