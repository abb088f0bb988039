/**
 * Reads projects with what the viewer is in them. Decides nothing: whoever asks applies the policy. Sight alone stands here
 * once more, as SQL, so that the limit of a list counts what somebody sees and never hides the rest of it.
 */
import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import { roles } from '../../wire/roles.ts';
import type { Executor, Tables } from '../api/workspace.ts';
import { can, type ProjectFacts, type Viewer } from './policy.ts';
import type { SeenProject } from './present.ts';
import type { ProjectRow, ProjectTables } from './schema.ts';

const projectsMax = 1000;

type JoinedRow = ProjectRow & {
  member_id: string | null;
  member_role: ProjectTables['project_members']['role'];
  client_name: string | null;
};

function selectProjects(db: Executor, viewer: Viewer) {
  return db
    .selectFrom('projects')
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.project_id', '=', 'projects.id').on('project_members.person_id', '=', viewer.id),
    )
    .leftJoin('clients', 'clients.id', 'projects.client_id')
    .where('projects.purged_at', 'is', null)
    .selectAll('projects')
    .select([
      'project_members.person_id as member_id',
      'project_members.role as member_role',
      'clients.name as client_name',
    ]);
}

function toSeen(row: JoinedRow): SeenProject {
  const { client_id, client_name } = row;
  const facts = factsFor(row, row.member_id === null ? null : { role: row.member_role });
  const client = client_id !== null && client_name !== null ? { id: client_id, name: client_name } : null;
  return { row, facts, client };
}

/** What a decision about this project rests on, for somebody with this membership. */
export function factsFor(row: ProjectRow, membership: ProjectFacts['membership']): ProjectFacts {
  const { visibility, client_id } = row;
  const state = row.deleted_at === null ? row.state : 'trashed';
  return { kind: 'project', visibility, state, clientId: client_id, membership };
}

/** By project and person, a space between. */
export async function listMemberships(
  db: Executor,
  projectIds: readonly string[],
  personIds: readonly string[],
): Promise<Map<string, NonNullable<ProjectFacts['membership']>>> {
  if (projectIds.length === 0 || personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('project_members')
    .select(['project_id', 'person_id', 'role'])
    .where('project_id', 'in', projectIds)
    .where('person_id', 'in', personIds)
    .execute();
  return new Map(rows.map(({ project_id, person_id, role }) => [`${project_id} ${person_id}`, { role }]));
}

/**
 * What is not in the trash, and as `standingIn` of the policy finds a role, in a query that joins `projects` with the
 * viewer's own row of `project_members`.
 */
export function inSight(viewer: Viewer): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'projects' | 'project_members'>();
  return where.and([where('projects.deleted_at', 'is', null), mayEnter(viewer)]);
}

function mayEnter({ role, clientId }: Viewer): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'projects' | 'project_members'>();
  if (role >= roles.manager) return where.lit(true);
  const isMember = where('project_members.person_id', 'is not', null);
  const isForAll = where('projects.visibility', '=', 'all');
  if (!clientId) return where.or([isMember, isForAll]);
  const isOfCompany = where.and([
    where('projects.visibility', '=', 'clients'),
    where('projects.client_id', '=', clientId),
  ]);
  return where.or([isMember, isForAll, isOfCompany]);
}

/** A list of which only the first are here, and whether there are more. */
export type Cut<T> = { readonly first: T[]; readonly more: boolean };

export const cutAt = <T>(rows: readonly T[], max: number): Cut<T> => ({
  first: rows.slice(0, max),
  more: rows.length > max,
});

/** Every project the viewer may see, or of them those they were let into, by name. */
export async function listProjects(
  db: Executor,
  viewer: Viewer,
  which: 'all' | 'joined' = 'all',
): Promise<Cut<SeenProject>> {
  const rows = await selectProjects(db, viewer)
    .where(inSight(viewer))
    .$if(which === 'joined', (query) => query.where('project_members.person_id', 'is not', null))
    .orderBy('projects.name')
    .orderBy('projects.key')
    .limit(projectsMax + 1)
    .execute();
  const seen = rows.map(toSeen).filter(({ facts }) => can(viewer, 'project.view', facts));
  return cutAt(seen, projectsMax);
}

/** Those of them that the viewer may see, by name. */
export async function listProjectsById(db: Executor, viewer: Viewer, ids: Iterable<string>): Promise<SeenProject[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const rows = await selectProjects(db, viewer)
    .where('projects.id', 'in', wanted)
    .orderBy('projects.name')
    .orderBy('projects.key')
    .execute();
  return rows.map(toSeen).filter(({ facts }) => can(viewer, 'project.view', facts));
}

/** The ids of all that the viewer sees, for a query that looks within them. */
export function selectSeenIds(db: Executor, viewer: Viewer) {
  return selectProjects(db, viewer).clearSelect().select('projects.id').where(inSight(viewer));
}

/** Those of these keys whose projects the viewer may see. */
export async function keepSeenKeys(db: Executor, viewer: Viewer, keys: Iterable<string>): Promise<Set<string>> {
  const wanted = [...new Set(keys)];
  if (wanted.length === 0) return new Set();
  const rows = await db
    .selectFrom('projects')
    .select('key')
    .where('key', 'in', wanted)
    .where('id', 'in', selectSeenIds(db, viewer))
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** The project, or undefined when there is none that the viewer may see. */
export async function findProject(db: Executor, viewer: Viewer, key: string): Promise<SeenProject | undefined> {
  const project = await findAnyProject(db, viewer, key);
  return project && can(viewer, 'project.view', project.facts) ? project : undefined;
}

/** Also one in the trash, and one out of sight: the caller asks the policy before it tells anything of it. */
export async function findAnyProject(db: Executor, viewer: Viewer, key: string): Promise<SeenProject | undefined> {
  const row = await selectProjects(db, viewer).where('projects.key', '=', key).executeTakeFirst();
  return row && toSeen(row);
}

export async function listStatuses(db: Executor, projectId: string): Promise<ProjectTables['project_statuses'][]> {
  return db
    .selectFrom('project_statuses')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('position')
    .execute();
}

/** Whether there is a project that the viewer may let people into, by their role in it. */
export async function letsPeopleIn(db: Executor, viewer: Viewer): Promise<boolean> {
  const rows = await selectProjects(db, viewer).where('project_members.role', '>=', roles.manager).execute();
  return rows.map(toSeen).some(({ facts }) => can(viewer, 'project.members', facts));
}
