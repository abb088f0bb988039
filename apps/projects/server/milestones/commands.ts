/**
 * Makes, changes, orders and deletes milestones. Each command is one transaction; what depends on the other milestones
 * of the project holds the project's row first, so that two people cannot close a circle together.
 */
import { generateKeyBetween } from 'fractional-indexing';
import { type CreateMilestoneRequest, type EditMilestoneRequest, milestonesMax } from '../../wire/milestone.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, invalid, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { keepAssignable } from '../projects/people-queries.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';
import { letGo } from '../to-dos/letting-go.ts';
import { readEdges } from './queries.ts';
import { refuseDays, wouldCircle } from './rules.ts';
import type { MilestoneTables } from './schema.ts';

type Row = MilestoneTables['milestones'];

/** Makes a milestone, last in order. The same creation key again answers with the one that it made the first time. */
export async function createMilestone(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: CreateMilestoneRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'milestone.edit', project.facts);
  if (refusal) return refusal;
  const projectId = project.row.id;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const made = await trx
      .selectFrom('milestones')
      .select('id')
      .where('project_id', '=', projectId)
      .where('created_by', '=', viewer.id)
      .where('creation_key', '=', request.creationKey)
      .executeTakeFirst();
    if (made) return made;
    const { count } = await trx
      .selectFrom('milestones')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('project_id', '=', projectId)
      .executeTakeFirstOrThrow();
    if (count >= milestonesMax) return tooMany();
    const now = workspace.now();
    const row: Row = {
      id: workspace.newId(),
      project_id: projectId,
      title: request.title,
      description: request.description ?? '',
      tone: request.tone ?? 'accent',
      status: request.status ?? 'planned',
      owner_id: request.ownerId ?? null,
      start_on: request.startOn ?? null,
      end_on: request.endOn ?? null,
      rank: generateKeyBetween(await lastRank(trx, projectId), null),
      version: 1,
      created_by: viewer.id,
      creation_key: request.creationKey,
      created_at: now,
      updated_at: now,
    };
    const wrong =
      refuseDays(row.start_on, row.end_on) ??
      (await refuseOwner(trx, project, row.owner_id)) ??
      (await refuseDependencies(trx, projectId, row.id, request.dependsOnIds ?? []));
    if (wrong) return wrong;
    await trx.insertInto('milestones').values(row).execute();
    await writeDependencies(trx, row.id, request.dependsOnIds ?? []);
    await tell(workspace, trx, viewer, 'milestone.created', row);
    return { id: row.id };
  });
}

/** Changes what is named in the request, if nobody changed the milestone since the version the request was made on. */
export async function editMilestone(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  request: EditMilestoneRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'milestone.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findMilestone(trx, project.row.id, id);
    if (!row) return notFound('milestone');
    if (row.version !== request.version) return changedMeanwhile('milestone');
    const next = {
      title: request.title ?? row.title,
      description: request.description ?? row.description,
      tone: request.tone ?? row.tone,
      status: request.status ?? row.status,
      owner_id: request.ownerId === undefined ? row.owner_id : request.ownerId,
      start_on: request.startOn === undefined ? row.start_on : request.startOn,
      end_on: request.endOn === undefined ? row.end_on : request.endOn,
    };
    const wrong =
      refuseDays(next.start_on, next.end_on) ??
      (next.owner_id === row.owner_id ? undefined : await refuseOwner(trx, project, next.owner_id)) ??
      (request.dependsOnIds && (await refuseDependencies(trx, project.row.id, id, request.dependsOnIds)));
    if (wrong) return wrong;
    await trx
      .updateTable('milestones')
      .set({ ...next, version: row.version + 1, updated_at: workspace.now() })
      .where('id', '=', id)
      .execute();
    if (request.dependsOnIds) {
      await trx.deleteFrom('milestone_dependencies').where('milestone_id', '=', id).execute();
      await writeDependencies(trx, id, request.dependsOnIds);
    }
    const fields = Object.keys(request).filter((field) => field !== 'version');
    await tell(workspace, trx, viewer, 'milestone.changed', { ...row, ...next }, { fields });
    return { id };
  });
}

/** Puts a milestone right after another one, or first: writes its row alone. The last mover wins. */
export async function moveMilestone(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  afterId: string | null,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'milestone.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findMilestone(trx, project.row.id, id);
    if (!row) return notFound('milestone');
    const others = await trx
      .selectFrom('milestones')
      .select(['id', 'rank'])
      .where('project_id', '=', project.row.id)
      .where('id', '!=', id)
      .orderBy('rank')
      .execute();
    // One that is gone meanwhile counts as the end: the move is kept rather than refused.
    const found = others.findIndex((other) => other.id === afterId);
    const before = afterId === null ? -1 : found === -1 ? others.length - 1 : found;
    const rank = generateKeyBetween(others[before]?.rank ?? null, others[before + 1]?.rank ?? null);
    await trx.updateTable('milestones').set({ rank }).where('id', '=', id).execute();
    await tell(workspace, trx, viewer, 'milestone.changed', row, { fields: ['order'] });
    return { id };
  });
}

/** Deletes for good, if nobody changed it since the version that was confirmed. Its to-dos stay, without a milestone. */
export async function deleteMilestone(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  version: number,
): Promise<{ done: true } | Refusal> {
  const refusal = refuse(viewer, 'milestone.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findMilestone(trx, project.row.id, id);
    if (!row) return notFound('milestone');
    if (row.version !== version) return changedMeanwhile('milestone');
    const toDos = await trx.selectFrom('to_dos').select('id as toDoId').where('milestone_id', '=', id).execute();
    const changes = toDos.map(({ toDoId }) => ({ toDoId, field: 'milestone', from: id, to: null }) as const);
    await letGo(workspace, trx, viewer, { id, projectId: project.row.id, name: row.title }, changes);
    await trx.updateTable('to_dos').set({ milestone_id: null }).where('milestone_id', '=', id).execute();
    await trx.deleteFrom('milestones').where('id', '=', id).execute();
    await tell(workspace, trx, viewer, 'milestone.removed', row);
    return { done: true };
  });
}

async function tell(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  kind: 'milestone.created' | 'milestone.changed' | 'milestone.removed',
  row: Row,
  facts: { readonly fields?: readonly string[] } = {},
): Promise<void> {
  const data = { title: row.title, ...facts };
  await recordChange(workspace, trx, { projectId: row.project_id, actorId: viewer.id, kind, subjectId: row.id, data });
}

async function findMilestone(trx: Executor, projectId: string, id: string): Promise<Row | undefined> {
  return trx
    .selectFrom('milestones')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
}

async function lastRank(trx: Executor, projectId: string): Promise<string | null> {
  const last = await trx
    .selectFrom('milestones')
    .select('rank')
    .where('project_id', '=', projectId)
    .orderBy('rank', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.rank ?? null;
}

/** An owner is somebody who may see the project. */
export async function refuseOwner(
  trx: Executor,
  project: SeenProject,
  ownerId: string | null,
): Promise<Refusal | undefined> {
  if (ownerId === null) return undefined;
  if ((await keepAssignable(trx, project.row, [ownerId])).has(ownerId)) return undefined;
  return invalid([{ path: 'ownerId', message: 'This person cannot see this project.' }]);
}

async function refuseDependencies(
  trx: Executor,
  projectId: string,
  id: string,
  dependsOnIds: readonly string[],
): Promise<Refusal | undefined> {
  if (dependsOnIds.length === 0) return undefined;
  const wanted = [...new Set(dependsOnIds)];
  const known = await trx
    .selectFrom('milestones')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', 'in', wanted)
    .execute();
  if (wouldCircle(await readEdges(trx, projectId), id, wanted))
    return invalid([{ path: 'dependsOnIds', message: 'A milestone cannot wait for one that waits for it.' }]);
  if (known.length === wanted.length) return undefined;
  return invalid([{ path: 'dependsOnIds', message: 'This project has no such milestone.' }]);
}

async function writeDependencies(trx: Executor, id: string, dependsOnIds: readonly string[]): Promise<void> {
  if (dependsOnIds.length === 0) return;
  const rows = [...new Set(dependsOnIds)].map((depends_on_id) => ({ milestone_id: id, depends_on_id }));
  await trx.insertInto('milestone_dependencies').values(rows).execute();
}

function tooMany(): Refusal {
  return invalid([{ path: '', message: 'A project has at most {max} milestones.', values: { max: milestonesMax } }]);
}
