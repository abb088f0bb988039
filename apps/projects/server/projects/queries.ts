/**
 * Reads projects with what the viewer is in them. Decides nothing: whoever asks applies the policy. Sight alone stands here
 * once more, as SQL, so that the limit of a list counts what somebody sees and never hides the rest of it.
 */
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { PersonRef } from '../../wire/me.ts';
import { foundPeopleMax } from '../../wire/project.ts';
import { roles } from '../../wire/roles.ts';
import type { Executor, Tables } from '../api/workspace.ts';
import { can, type ProjectFacts, type Viewer, workspace } from './policy.ts';
import type { MemberRow, SeenProject } from './present.ts';
import type { ProjectRow, ProjectTables } from './schema.ts';

const projectsMax = 1000;
const peopleMax = 1000;

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

const cutAt = <T>(rows: readonly T[], max: number): Cut<T> => ({ first: rows.slice(0, max), more: rows.length > max });

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

export async function listMembers(db: Executor, projectId: string): Promise<Cut<MemberRow>> {
  const rows = await db
    .selectFrom('project_members')
    .innerJoin('people', 'people.id', 'project_members.person_id')
    .where('project_id', '=', projectId)
    .where('people.deactivated_at', 'is', null)
    .select(['people.id', 'people.name', 'people.role as workspaceRole', 'project_members.role', 'given_by'])
    .orderBy('people.name')
    .limit(peopleMax + 1)
    .execute();
  return cutAt(rows, peopleMax);
}

/** `name`: letters of it; then fewer are listed. */
export function listPeople(db: Executor, name?: string): Promise<Cut<PersonRef>> {
  return cutPeople(selectActive(db), name);
}

async function cutPeople(people: ReturnType<typeof selectActive>, name?: string): Promise<Cut<PersonRef>> {
  const max = name === undefined ? peopleMax : foundPeopleMax;
  const rows = await (name === undefined ? people : people.where(isNamed(name)))
    .select(['id', 'name'])
    .orderBy('name')
    .limit(max + 1)
    .execute();
  return cutAt(rows, max);
}

/** SQLite knows great and small letters of ASCII alone, and `lower` of PostgreSQL those of its locale: so a few spellings. */
function isNamed(letters: string): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'people'>();
  const small = letters.toLowerCase();
  const spellings = new Set([
    small,
    letters.toUpperCase(),
    small.replace(/(?<!\p{L})\p{L}/gu, (first) => first.toUpperCase()),
  ]);
  return where.or(
    [...spellings].map(
      (spelling) =>
        sql<SqlBool>`lower(people.name) like lower(${`%${spelling.replace(/[\\%_]/g, '\\$&')}%`}) escape '\\'`,
    ),
  );
}

/** Whether there is a project that the viewer may let people into, by their role in it. */
export async function letsPeopleIn(db: Executor, viewer: Viewer): Promise<boolean> {
  const rows = await selectProjects(db, viewer).where('project_members.role', '>=', roles.manager).execute();
  return rows.map(toSeen).some(({ facts }) => can(viewer, 'project.members', facts));
}

/** The viewer, and who is a member of a project that they see. */
export function listCompanions(db: Executor, viewer: Viewer, name?: string): Promise<Cut<PersonRef>> {
  return cutPeople(selectActive(db).where(isCompanion(db, viewer)), name);
}

/** Whether somebody in a query of `people` is the viewer, or a member of a project that they see. */
function isCompanion(db: Executor, viewer: Viewer): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'people'>();
  const members = where
    .selectFrom('project_members')
    .select('person_id')
    .where('project_id', 'in', selectSeenIds(db, viewer));
  return where.or([where('id', '=', viewer.id), where('id', 'in', members)]);
}

/** Whether the viewer learns the names of all who are here, and not of their companions alone. */
export async function seesEverybody(db: Executor, viewer: Viewer): Promise<boolean> {
  return can(viewer, 'people.viewAll', workspace) || (await letsPeopleIn(db, viewer));
}

/**
 * Those who may see the project, to choose from, as far as the viewer learns of them: a to-do given to somebody is never hidden
 * from them. Members come first, so that of very many it is others who are left out; then by name.
 */
export async function listAssignable(db: Executor, viewer: Viewer, project: ProjectRow): Promise<Cut<PersonRef>> {
  const sees = await seesEverybody(db, viewer);
  const members = db.selectFrom('project_members').select('person_id').where('project_id', '=', project.id);
  const rows = await selectAssignable(db, project)
    .$if(!sees, (people) => people.where(isCompanion(db, viewer)))
    .select(['id', 'name'])
    .orderBy((order) => order('id', 'in', members), 'desc')
    .orderBy('name')
    .limit(peopleMax + 1)
    .execute();
  const { first, more } = cutAt(rows, peopleMax);
  return { first: first.toSorted((a, b) => a.name.localeCompare(b.name)), more };
}

/** Those of them whose name holds these letters, members first. */
export async function findAssignable(
  db: Executor,
  viewer: Viewer,
  project: ProjectRow,
  name: string,
): Promise<Cut<PersonRef>> {
  const sees = await seesEverybody(db, viewer);
  const members = db.selectFrom('project_members').select('person_id').where('project_id', '=', project.id);
  const rows = await selectAssignable(db, project)
    .where(isNamed(name))
    .$if(!sees, (people) => people.where(isCompanion(db, viewer)))
    .select(['id', 'name'])
    .orderBy((order) => order('id', 'in', members), 'desc')
    .orderBy('name')
    .limit(foundPeopleMax + 1)
    .execute();
  return cutAt(rows, foundPeopleMax);
}

/** Those of these people who may see the project. */
export async function keepAssignable(db: Executor, project: ProjectRow, ids: Iterable<string>): Promise<Set<string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Set();
  const rows = await selectAssignable(db, project).select('id').where('id', 'in', wanted).execute();
  return new Set(rows.map(({ id }) => id));
}

/** Everyone who may see the project. */
export function selectAssignable(db: Executor, project: ProjectRow) {
  const people = selectActive(db);
  if (project.visibility === 'all') return people;
  return people.where((where) =>
    where.or([
      where('role', '>=', roles.manager),
      where('id', 'in', where.selectFrom('project_members').select('person_id').where('project_id', '=', project.id)),
      ...(project.visibility === 'clients' && project.client_id !== null
        ? [where('client_id', '=', project.client_id)]
        : []),
    ]),
  );
}

/** Those who may come in. */
function selectActive(db: Executor) {
  return db.selectFrom('people').where('deactivated_at', 'is', null);
}
