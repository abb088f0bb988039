/** Reads people as a project knows them: its members, and whom one may choose there. Decides nothing. */
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { PersonRef } from '../../wire/me.ts';
import { foundPeopleMax } from '../../wire/project.ts';
import { roles } from '../../wire/roles.ts';
import type { Executor, Tables } from '../api/workspace.ts';
import { can, type Viewer, workspace } from './policy.ts';
import type { MemberRow } from './present.ts';
import { type Cut, cutAt, letsPeopleIn, selectSeenIds } from './queries.ts';
import type { ProjectRow } from './schema.ts';

const peopleMax = 1000;

/** By name. `name`: letters of it; then fewer are listed. */
export async function listMembers(db: Executor, projectId: string, name?: string): Promise<Cut<MemberRow>> {
  const max = name === undefined ? peopleMax : foundPeopleMax;
  const rows = await db
    .selectFrom('project_members')
    .innerJoin('people', 'people.id', 'project_members.person_id')
    .where('project_id', '=', projectId)
    .where('people.deactivated_at', 'is', null)
    .$if(name !== undefined, (members) => members.where(isNamed(name ?? '')))
    .select(['people.id', 'people.name', 'people.role as workspaceRole', 'project_members.role', 'given_by'])
    .orderBy('people.name')
    .limit(max + 1)
    .execute();
  return cutAt(rows, max);
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

/**
 * Whether the name of somebody in a query of `people` holds these letters, marks and capitals aside. The database folds both, so
 * that both lose the same marks. `lower` of PostgreSQL knows the capitals of its locale alone: so letters in a few spellings.
 */
export function isNamed(letters: string): Expression<SqlBool> {
  const where = expressionBuilder<Tables, 'people'>();
  const spellings = new Set([
    letters,
    letters.toLowerCase(),
    letters.toUpperCase(),
    letters.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, (first) => first.toUpperCase()),
  ]);
  return where.or(
    // What is folded holds no sign of a pattern.
    [...spellings].map(
      (spelling) => sql<SqlBool>`search_fold(people.name) like '%' || search_fold(${spelling}) || '%'`,
    ),
  );
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
  const members = db.selectFrom('project_members').select('person_id').where('project_id', '=', project.id);
  const rows = await selectOffered(db, viewer, project, await seesEverybody(db, viewer))
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
  const members = db.selectFrom('project_members').select('person_id').where('project_id', '=', project.id);
  const rows = await selectOffered(db, viewer, project, await seesEverybody(db, viewer))
    .where(isNamed(name))
    .select(['id', 'name'])
    .orderBy((order) => order('id', 'in', members), 'desc')
    .orderBy('name')
    .limit(foundPeopleMax + 1)
    .execute();
  return cutAt(rows, foundPeopleMax);
}

/** Those who may see the project: all of them for a viewer who `sees` everybody, else companions alone. */
export function selectOffered(db: Executor, viewer: Viewer, project: ProjectRow, sees: boolean) {
  return selectAssignable(db, project).$if(!sees, (people) => people.where(isCompanion(db, viewer)));
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
