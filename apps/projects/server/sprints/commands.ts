/** Makes, changes, closes and deletes sprints, and puts to-dos into them. Each command is one transaction. */
import type {
  CloseSprintRequest,
  CreateSprintRequest,
  EditSprintRequest,
  PlanToDosAnswer,
  PlanToDosRequest,
} from '../../wire/sprint.ts';
import { sprintsMax } from '../../wire/sprint.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, invalid, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { refuseOrder } from '../milestones/rules.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { holdProject } from '../to-dos/holding.ts';
import { letGo } from '../to-dos/letting-go.ts';
import { putIntoSprint } from './plan.ts';
import type { SprintRow } from './present.ts';
import { findSprint } from './queries.ts';

/** Makes a sprint. The same creation key again answers with the one that it made the first time. */
export async function createSprint(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  request: CreateSprintRequest,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'sprint.edit', project.facts);
  if (refusal) return refusal;
  const projectId = project.row.id;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const made = await trx
      .selectFrom('sprints')
      .select('id')
      .where('project_id', '=', projectId)
      .where('created_by', '=', viewer.id)
      .where('creation_key', '=', request.creationKey)
      .executeTakeFirst();
    if (made) return made;
    const { count } = await trx
      .selectFrom('sprints')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('project_id', '=', projectId)
      .executeTakeFirstOrThrow();
    if (count >= sprintsMax)
      return invalid([{ path: '', message: 'A project has at most {max} sprints.', values: { max: sprintsMax } }]);
    const now = workspace.now();
    const row: SprintRow = {
      id: workspace.newId(),
      project_id: projectId,
      name: request.name,
      aim: request.aim ?? '',
      start_on: request.startOn,
      end_on: request.endOn,
      closed_at: null,
      version: 1,
      created_by: viewer.id,
      creation_key: request.creationKey,
      created_at: now,
      updated_at: now,
    };
    await trx.insertInto('sprints').values(row).execute();
    await tell(workspace, trx, viewer, 'sprint.created', row);
    return { id: row.id };
  });
}

/** Changes what is named in the request, if nobody changed the sprint since the version the request was made on. */
export async function editSprint(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  request: EditSprintRequest,
): Promise<{ id: string } | Refusal> {
  return change(workspace, viewer, project, id, request.version, async (trx, row) => {
    const next = {
      name: request.name ?? row.name,
      aim: request.aim ?? row.aim,
      start_on: request.startOn ?? row.start_on,
      end_on: request.endOn ?? row.end_on,
    };
    return refuseOrder(next.start_on, next.end_on) ?? writeSprint(workspace, trx, viewer, row, next);
  });
}

/** Ends a sprint, and does with what is still open in it what the person chose. */
export async function closeSprint(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  { version, openToDos }: CloseSprintRequest,
): Promise<{ id: string } | Refusal> {
  return change(workspace, viewer, project, id, version, async (trx, row) => {
    if (openToDos.to === 'sprint') {
      const wrong = await refuseSprint(trx, project, openToDos.sprintId, id);
      if (wrong) return wrong;
      const open = await trx
        .selectFrom('to_dos')
        .selectAll()
        .where('sprint_id', '=', id)
        .where('completed_at', 'is', null)
        .where('deleted_at', 'is', null)
        .execute();
      await putIntoSprint(workspace, trx, viewer, open, openToDos.sprintId);
    }
    return writeSprint(workspace, trx, viewer, row, { closed_at: row.closed_at ?? workspace.now() });
  });
}

export async function reopenSprint(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  version: number,
): Promise<{ id: string } | Refusal> {
  return change(workspace, viewer, project, id, version, (trx, row) =>
    writeSprint(workspace, trx, viewer, row, { closed_at: null }),
  );
}

/** Deletes for good; its to-dos go back to the backlog. */
export async function deleteSprint(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  version: number,
): Promise<{ id: string } | Refusal> {
  return change(workspace, viewer, project, id, version, async (trx, row) => {
    const toDos = await trx.selectFrom('to_dos').select('id as toDoId').where('sprint_id', '=', id).execute();
    const changes = toDos.map(({ toDoId }) => ({ toDoId, field: 'sprint', from: id, to: null }) as const);
    await letGo(workspace, trx, viewer, { id, projectId: project.row.id, name: row.name }, changes);
    await trx.updateTable('to_dos').set({ sprint_id: null }).where('sprint_id', '=', id).execute();
    await trx.deleteFrom('sprints').where('id', '=', id).execute();
    await tell(workspace, trx, viewer, 'sprint.removed', row);
    return { id };
  });
}

/** Puts many to-dos into one sprint, or with null back into the backlog. What is there already is left alone. */
export async function planToDos(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  { numbers, sprintId }: PlanToDosRequest,
): Promise<PlanToDosAnswer | Refusal> {
  const refusal = refuse(viewer, 'toDo.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const wrong = await refuseSprint(trx, project, sprintId);
    if (wrong) return wrong;
    const rows = await trx
      .selectFrom('to_dos')
      .selectAll()
      .where('project_id', '=', project.row.id)
      .where('number', 'in', [...new Set(numbers)])
      .where('deleted_at', 'is', null)
      .execute();
    const moved = rows.filter((row) => row.sprint_id !== sprintId);
    await putIntoSprint(workspace, trx, viewer, moved, sprintId);
    return { moved: moved.map(({ number, sprint_id }) => ({ number, fromSprintId: sprint_id })) };
  });
}

async function change(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  id: string,
  version: number,
  act: (trx: Executor, row: SprintRow) => Promise<{ id: string } | Refusal>,
): Promise<{ id: string } | Refusal> {
  const refusal = refuse(viewer, 'sprint.edit', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const row = await findSprint(trx, project.row.id, id);
    if (!row) return notFound('sprint');
    return row.version === version ? act(trx, row) : changedMeanwhile('sprint');
  });
}

async function writeSprint(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  row: SprintRow,
  next: Partial<SprintRow>,
): Promise<{ id: string }> {
  await trx
    .updateTable('sprints')
    .set({ ...next, version: row.version + 1, updated_at: workspace.now() })
    .where('id', '=', row.id)
    .execute();
  await tell(workspace, trx, viewer, 'sprint.changed', { ...row, ...next }, { fields: Object.keys(next) });
  return { id: row.id };
}

async function tell(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  kind: 'sprint.created' | 'sprint.changed' | 'sprint.removed',
  row: SprintRow,
  facts: { readonly fields?: readonly string[] } = {},
): Promise<void> {
  const data = { title: row.name, ...facts };
  await recordChange(workspace, trx, { projectId: row.project_id, actorId: viewer.id, kind, subjectId: row.id, data });
}

/** To-dos go into a sprint of the same project that is still open, and not into the one they come from. */
async function refuseSprint(
  trx: Executor,
  project: SeenProject,
  sprintId: string | null,
  otherThan?: string,
): Promise<Refusal | undefined> {
  if (sprintId === null) return undefined;
  const sprint = await findSprint(trx, project.row.id, sprintId);
  if (!sprint || sprint.id === otherThan)
    return invalid([{ path: 'sprintId', message: 'This project has no such sprint.' }]);
  return sprint.closed_at === null ? undefined : invalid([{ path: 'sprintId', message: 'This sprint is closed.' }]);
}
