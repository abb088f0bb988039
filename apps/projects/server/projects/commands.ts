/** Makes and changes projects and their members. Each command is one transaction; whether the viewer may is asked first. */
import { marked, type Say } from '@gatehouse/words/say.ts';
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import type { CreateProjectRequest, EditProjectRequest } from '../../wire/project.ts';
import { proposeKey } from '../../wire/project-key.ts';
import { type ProjectRole, roles } from '../../wire/roles.ts';
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, denied, invalid, isRefusal, keyTaken, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import { clientExists } from '../clients/queries.ts';
import { keepOut, letIn } from './group-members.ts';
import { type Viewer, workspace as wholeWorkspace } from './policy.ts';
import type { SeenProject } from './present.ts';
import { defaultStatuses } from './schema.ts';

const keyAttempts = 50;

/**
 * Makes a project with its statuses, whose names `say` says, and the viewer its manager. The same creation key again answers with the project
 * that it made the first time.
 */
export async function createProject(
  workspace: Workspace,
  viewer: Viewer,
  request: CreateProjectRequest,
  say: Say,
): Promise<{ key: string } | Refusal> {
  const refusal = refuse(viewer, 'project.create', wholeWorkspace);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const claimed = await claimProject(workspace, trx, viewer, request);
    if (isRefusal(claimed) || !claimed.isNew) return claimed;
    await insertStatuses(workspace, trx, claimed.id, say);
    await record(workspace, trx, viewer, claimed.id, 'project.created', { title: request.name });
    return claimed;
  });
}

/**
 * The row of a new project under a key that is free, with the viewer as its manager; or the one that the same creation key
 * made before. The caller has asked the policy, and adds columns and the record when it is new.
 */
export async function claimProject(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  request: CreateProjectRequest,
): Promise<{ id: string; key: string; isNew: boolean } | Refusal> {
  const { visibility = 'restricted', clientId = null } = request;
  const misfit = await refuseMisfit(trx, { visibility, client_id: clientId, starts_on: null, ends_on: null });
  if (misfit) return misfit;
  const attempts = request.key ? 1 : keyAttempts;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const key = request.key ?? proposeKey(request.name, attempt);
    const id = await insertProject(workspace, trx, viewer, request, key);
    if (id !== undefined) {
      const membership = { project_id: id, person_id: viewer.id, role: roles.manager, created_at: workspace.now() };
      await trx.insertInto('project_members').values(membership).execute();
      return { id, key, isNew: true };
    }
    const made = await trx
      .selectFrom('projects')
      .select(['id', 'key'])
      .where('created_by', '=', viewer.id)
      .where('creation_key', '=', request.creationKey)
      .executeTakeFirst();
    if (made) return { ...made, isNew: false };
  }
  return keyTaken(request.key ?? proposeKey(request.name, 0));
}

async function insertProject(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  request: CreateProjectRequest,
  key: string,
): Promise<string | undefined> {
  const now = workspace.now();
  const row = await trx
    .insertInto('projects')
    .values({
      id: workspace.newId(),
      key,
      name: request.name,
      description: request.description ?? '',
      state: 'open',
      visibility: request.visibility ?? 'restricted',
      client_id: request.clientId ?? null,
      starts_on: null,
      ends_on: null,
      next_number: 1,
      version: 1,
      created_by: viewer.id,
      creation_key: request.creationKey,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

async function insertStatuses(workspace: Workspace, trx: Executor, projectId: string, say: Say): Promise<void> {
  const rows = defaultStatuses.map(({ name, reportType, tone }, position) => ({
    id: workspace.newId(),
    project_id: projectId,
    name: say.marked(name),
    report_type: reportType,
    tone,
    position,
    wip_limit: null,
    on_board: 1 as const,
  }));
  await trx.insertInto('project_statuses').values(rows).execute();
}

export async function editProject(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  { version, ...changes }: EditProjectRequest,
): Promise<{ key: string } | Refusal> {
  const refusal = refuse(viewer, 'project.edit', project.facts);
  if (refusal) return refusal;
  const { clientId, startsOn, endsOn, ...same } = changes;
  const edited = withoutUndefined({ ...same, client_id: clientId, starts_on: startsOn, ends_on: endsOn });
  return wholeOrNothing(workspace, async (trx) => {
    const misfit = await refuseMisfit(trx, { ...project.row, ...edited });
    if (misfit) return misfit;
    const row = await trx
      .updateTable('projects')
      .set({ ...edited, version: version + 1, updated_at: workspace.now() })
      .where('id', '=', project.row.id)
      .where('version', '=', version)
      .returning(['key', 'name'])
      .executeTakeFirst();
    if (!row) return changedMeanwhile('project');
    const facts = { title: row.name, fields: Object.keys(edited) };
    await record(workspace, trx, viewer, project.row.id, 'project.changed', facts);
    return row;
  });
}

/** What one field alone does not show: an unknown company, nobody to be open to, an end before the start. */
async function refuseMisfit(
  trx: Executor,
  row: Pick<SeenProject['row'], 'visibility' | 'client_id' | 'starts_on' | 'ends_on'>,
): Promise<Refusal | undefined> {
  if (row.client_id !== null && !(await clientExists(trx, row.client_id)))
    return invalid([{ path: 'clientId', message: 'There is no such company.' }]);
  if (row.visibility === 'clients' && row.client_id === null)
    return invalid([{ path: 'visibility', message: 'Choose the company whose people may see the project.' }]);
  if (row.starts_on !== null && row.ends_on !== null && row.ends_on < row.starts_on)
    return invalid([{ path: 'endsOn', message: 'The end is before the start.' }]);
  return undefined;
}

function record(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  projectId: string,
  kind: ChangeKind,
  data: ChangeFacts,
): Promise<void> {
  return recordChange(workspace, trx, { projectId, actorId: viewer.id, kind, subjectId: projectId, data });
}

function withoutUndefined<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Lets somebody in, with a role of their own here or (null) the one they have everywhere. */
export async function setMember(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  personId: string,
  role: ProjectRole | null,
): Promise<{ done: true } | Refusal> {
  const refusal = refuseMemberChange(viewer, project, personId);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const person = await trx.selectFrom('people').select('id').where('id', '=', personId).executeTakeFirst();
    if (!person) return notFound('person');
    await trx
      .insertInto('project_members')
      .values({ project_id: project.row.id, person_id: personId, role, created_at: workspace.now() })
      .onConflict((conflict) => conflict.columns(['project_id', 'person_id']).doUpdateSet({ role, given_by: 'person' }))
      .execute();
    await letIn(trx, project.row.id, personId);
    await record(workspace, trx, viewer, project.row.id, 'member.set', { title: project.row.name, personId });
    return { done: true };
  });
}

export async function removeMember(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  personId: string,
): Promise<{ done: true } | Refusal> {
  const refusal = refuseMemberChange(viewer, project, personId);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    const removed = await trx
      .deleteFrom('project_members')
      .where('project_id', '=', project.row.id)
      .where('person_id', '=', personId)
      .returning('person_id')
      .executeTakeFirst();
    if (!removed) return { done: true };
    await keepOut(trx, project.row.id, personId);
    await record(workspace, trx, viewer, project.row.id, 'member.removed', { title: project.row.name, personId });
    return { done: true };
  });
}

/** Nobody changes their own place in a project: so its last manager cannot lock themselves out by a slip. */
function refuseMemberChange(viewer: Viewer, project: SeenProject, personId: string): Refusal | undefined {
  const refusal = refuse(viewer, 'project.members', project.facts);
  if (refusal) return refusal;
  if (personId !== viewer.id || viewer.role >= roles.manager) return undefined;
  return denied(
    marked('You may not change your own role in a project.'),
    marked('Only managers of the workspace may, so that nobody locks themselves out.'),
    marked('Ask another manager of the project.'),
  );
}
