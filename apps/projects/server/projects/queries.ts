/** Reads projects with what the viewer is in them. Decides nothing: whoever asks applies the policy. */
import type { PersonRef } from '../../wire/me.ts';
import { roles } from '../../wire/roles.ts';
import type { Executor } from '../api/workspace.ts';
import { can, type ProjectFacts, type Viewer } from './policy.ts';
import type { MemberRow, ProjectRow, SeenProject } from './present.ts';
import type { ProjectTables } from './schema.ts';

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
    .selectAll('projects')
    .select([
      'project_members.person_id as member_id',
      'project_members.role as member_role',
      'clients.name as client_name',
    ]);
}

function toSeen({ member_id, member_role, client_name, ...row }: JoinedRow): SeenProject {
  const facts = factsFor(row, member_id === null ? null : { role: member_role });
  const { client_id } = row;
  const client = client_id !== null && client_name !== null ? { id: client_id, name: client_name } : null;
  return { row, facts, client };
}

/** What a decision about this project rests on, for somebody with this membership. */
export function factsFor(row: ProjectRow, membership: ProjectFacts['membership']): ProjectFacts {
  const { visibility, state, client_id } = row;
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

/** Every project the viewer may see, by name. */
export async function listProjects(db: Executor, viewer: Viewer): Promise<SeenProject[]> {
  const rows = await selectProjects(db, viewer)
    .orderBy('projects.name')
    .orderBy('projects.key')
    .limit(projectsMax)
    .execute();
  return rows.map(toSeen).filter(({ facts }) => can(viewer, 'project.view', facts));
}

/** The project, or undefined when there is none that the viewer may see. */
export async function findProject(db: Executor, viewer: Viewer, key: string): Promise<SeenProject | undefined> {
  const row = await selectProjects(db, viewer).where('projects.key', '=', key).executeTakeFirst();
  const seen = row && toSeen(row);
  return seen && can(viewer, 'project.view', seen.facts) ? seen : undefined;
}

export async function listStatuses(db: Executor, projectId: string): Promise<ProjectTables['project_statuses'][]> {
  return db
    .selectFrom('project_statuses')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('position')
    .execute();
}

export async function listMembers(db: Executor, projectId: string): Promise<MemberRow[]> {
  return db
    .selectFrom('project_members')
    .innerJoin('people', 'people.id', 'project_members.person_id')
    .where('project_id', '=', projectId)
    .where('people.deactivated_at', 'is', null)
    .select(['people.id', 'people.name', 'people.role as workspaceRole', 'project_members.role'])
    .orderBy('people.name')
    .limit(peopleMax)
    .execute();
}

export async function listPeople(db: Executor): Promise<PersonRef[]> {
  return selectActive(db).execute();
}

/** Everyone who may see the project, so that a to-do given to somebody is never hidden from them. */
export async function listAssignable(db: Executor, project: ProjectRow): Promise<PersonRef[]> {
  const people = selectActive(db);
  if (project.visibility === 'all') return people.execute();
  return people
    .where((where) =>
      where.or([
        where('role', '>=', roles.manager),
        where('id', 'in', where.selectFrom('project_members').select('person_id').where('project_id', '=', project.id)),
        ...(project.visibility === 'clients' && project.client_id !== null
          ? [where('client_id', '=', project.client_id)]
          : []),
      ]),
    )
    .execute();
}

/** Those who may come in, by name. */
function selectActive(db: Executor) {
  return db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('deactivated_at', 'is', null)
    .orderBy('name')
    .limit(peopleMax);
}
