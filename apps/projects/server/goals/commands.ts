/** Makes, changes and deletes goals, and writes down where they stand. Each command is one transaction. */
import { type CheckInRequest, type CreateGoalRequest, type EditGoalRequest, goalsMax } from '../../wire/goal.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, invalid, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { refuseOwner } from '../milestones/commands.ts';
import { refuseOrder } from '../milestones/rules.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';
import type { GoalTables } from './schema.ts';

type Row = GoalTables['goals'];
type Facts = Pick<Row, 'unit' | 'currency' | 'start_value' | 'target_value' | 'start_on' | 'end_on'>;

/** Makes a goal and its first value. The same creation key again answers with the one that it made the first time. */
export async function createGoal(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: CreateGoalRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'goal.edit', project.facts);
  if (refusal) return refusal;
  const projectId = project.row.id;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const made = await trx
      .selectFrom('goals')
      .select('id')
      .where('project_id', '=', projectId)
      .where('created_by', '=', viewer.id)
      .where('creation_key', '=', request.creationKey)
      .executeTakeFirst();
    if (made) return made;
    const { count } = await trx
      .selectFrom('goals')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('project_id', '=', projectId)
      .executeTakeFirstOrThrow();
    if (count >= goalsMax)
      return invalid([{ path: '', message: 'A project has at most {max} goals.', values: { max: goalsMax } }]);
    const now = workspace.now();
    const row: Row = {
      id: workspace.newId(),
      project_id: projectId,
      title: request.title,
      description: request.description ?? '',
      metric: request.metric,
      unit: request.unit,
      currency: request.unit === 'currency' ? (request.currency ?? null) : null,
      start_value: request.startValue,
      current_value: request.startValue,
      target_value: request.targetValue,
      status: 'on_track',
      owner_id: request.ownerId ?? null,
      start_on: request.startOn ?? null,
      end_on: request.endOn ?? null,
      version: 1,
      created_by: viewer.id,
      creation_key: request.creationKey,
      created_at: now,
      updated_at: now,
    };
    const milestoneIds = request.milestoneIds ?? [];
    const wrong =
      refuseFacts(row) ??
      (await refuseOwner(trx, project, row.owner_id)) ??
      (await refuseMilestones(trx, projectId, milestoneIds));
    if (wrong) return wrong;
    await trx.insertInto('goals').values(row).execute();
    await writeMilestones(trx, row.id, milestoneIds);
    const { creationKey } = request;
    await addValue(workspace, trx, viewer, row, { creationKey, value: row.start_value, status: 'on_track', note: '' });
    await tell(workspace, trx, viewer, 'goal.created', row);
    return { id: row.id };
  });
}

/** Changes what is named in the request, if nobody changed the goal since the version the request was made on. */
export async function editGoal(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  request: EditGoalRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'goal.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findGoal(trx, project.row.id, id);
    if (!row) return notFound('goal');
    if (row.version !== request.version) return changedMeanwhile('goal');
    const unit = request.unit ?? row.unit;
    const currency = request.currency === undefined ? row.currency : request.currency;
    const next = {
      title: request.title ?? row.title,
      description: request.description ?? row.description,
      metric: request.metric ?? row.metric,
      unit,
      currency: unit === 'currency' ? currency : null,
      start_value: request.startValue ?? row.start_value,
      target_value: request.targetValue ?? row.target_value,
      owner_id: request.ownerId === undefined ? row.owner_id : request.ownerId,
      start_on: request.startOn === undefined ? row.start_on : request.startOn,
      end_on: request.endOn === undefined ? row.end_on : request.endOn,
    };
    const wrong =
      refuseFacts(next) ??
      (next.owner_id === row.owner_id ? undefined : await refuseOwner(trx, project, next.owner_id)) ??
      (request.milestoneIds && (await refuseMilestones(trx, project.row.id, request.milestoneIds)));
    if (wrong) return wrong;
    await writeGoal(workspace, trx, row, next);
    if (request.milestoneIds) {
      await trx.deleteFrom('goal_milestones').where('goal_id', '=', id).execute();
      await writeMilestones(trx, id, request.milestoneIds);
    }
    const fields = Object.keys(request).filter((field) => field !== 'version');
    await tell(workspace, trx, viewer, 'goal.changed', { ...row, ...next }, { fields });
    return { id };
  });
}

/** Writes down a value of today and how the goal looks; the latest check-in is the goal's current value. */
export async function checkIn(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  request: CheckInRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'goal.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findGoal(trx, project.row.id, id);
    if (!row) return notFound('goal');
    const isNew = await addValue(workspace, trx, viewer, row, request);
    if (!isNew) return { id };
    await writeGoal(workspace, trx, row, { current_value: request.value, status: request.status });
    await tell(workspace, trx, viewer, 'goal.changed', row, { fields: ['value'], value: request.value });
    return { id };
  });
}

export async function deleteGoal(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  version: number,
): Promise<{ done: true } | Refusal> {
  const refusal = refuse(viewer, 'goal.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findGoal(trx, project.row.id, id);
    if (!row) return notFound('goal');
    if (row.version !== version) return changedMeanwhile('goal');
    await trx.deleteFrom('goals').where('id', '=', id).execute();
    await tell(workspace, trx, viewer, 'goal.removed', row);
    return { done: true };
  });
}

async function tell(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  kind: 'goal.created' | 'goal.changed' | 'goal.removed',
  row: Row,
  facts: { readonly fields?: readonly string[]; readonly value?: number } = {},
): Promise<void> {
  const data = { title: row.title, ...facts };
  await recordChange(workspace, trx, { projectId: row.project_id, actorId: viewer.id, kind, subjectId: row.id, data });
}

async function findGoal(trx: Executor, projectId: string, id: string): Promise<Row | undefined> {
  return trx
    .selectFrom('goals')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
}

function refuseFacts(facts: Facts): Refusal | undefined {
  if (facts.start_value === facts.target_value)
    return invalid([
      { path: 'targetValue', message: 'The target is the value it starts from. Give it some way to go.' },
    ]);
  if (facts.unit === 'currency' && facts.currency === null)
    return invalid([{ path: 'currency', message: 'Say which currency, like EUR.' }]);
  return refuseOrder(facts.start_on, facts.end_on);
}

async function refuseMilestones(
  trx: Executor,
  projectId: string,
  milestoneIds: readonly string[],
): Promise<Refusal | undefined> {
  if (milestoneIds.length === 0) return undefined;
  const wanted = [...new Set(milestoneIds)];
  const known = await trx
    .selectFrom('milestones')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', wanted)
    .execute();
  if (known.length === wanted.length) return undefined;
  return invalid([{ path: 'milestoneIds', message: 'This project has no such milestone.' }]);
}

async function writeMilestones(trx: Executor, goalId: string, milestoneIds: readonly string[]): Promise<void> {
  if (milestoneIds.length === 0) return;
  const rows = [...new Set(milestoneIds)].map((milestone_id) => ({ goal_id: goalId, milestone_id }));
  await trx.insertInto('goal_milestones').values(rows).execute();
}

async function writeGoal(workspace: Workspace, trx: Executor, row: Row, next: Partial<Row>): Promise<void> {
  await trx
    .updateTable('goals')
    .set({ ...next, version: row.version + 1, updated_at: workspace.now() })
    .where('id', '=', row.id)
    .execute();
}

/** Answers whether it was new: the same creation key again writes nothing. */
async function addValue(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  goal: Row,
  { creationKey, value, status, note }: CheckInRequest,
): Promise<boolean> {
  const row = await trx
    .insertInto('goal_values')
    .values({
      id: workspace.newId(),
      goal_id: goal.id,
      value,
      status,
      note: note ?? '',
      person_id: viewer.id,
      creation_key: creationKey,
      at: workspace.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
