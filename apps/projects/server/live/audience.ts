/**
 * Who of the people listening may learn of which project, read anew for every batch: rights that were taken away a moment
 * ago count. One query for the projects, one for the people, one for the memberships, however many listen.
 */

import type { Executor } from '../api/workspace.ts';
import type { Person } from '../people/person.ts';
import { listPersons } from '../people/settle.ts';
import { can } from '../projects/policy.ts';
import { factsFor, listMemberships } from '../projects/queries.ts';
import type { ProjectRow } from '../projects/schema.ts';

export type Audience = {
  readonly projects: ReadonlyMap<string, ProjectRow>;
  /** Everyone asked for who is still there. */
  readonly people: ReadonlyMap<string, Person>;
  maySee(personId: string, projectId: string): boolean;
  /** As `maySee`, also while the project is in the trash: for what tells that it went there. */
  sawBefore(personId: string, projectId: string): boolean;
};

export async function readAudience(
  db: Executor,
  projectIds: readonly string[],
  personIds: readonly string[],
): Promise<Audience> {
  const rows =
    projectIds.length === 0 ? [] : await db.selectFrom('projects').selectAll().where('id', 'in', projectIds).execute();
  const projects = new Map(rows.map((row) => [row.id, row]));
  const people = new Map((await listPersons(db.withTables(), personIds)).map((person) => [person.id, person]));
  const memberships = await listMemberships(db, projectIds, personIds);
  const sees = (personId: string, row: ProjectRow | undefined): boolean => {
    const person = people.get(personId);
    if (!row || !person) return false;
    return can(person, 'project.view', factsFor(row, memberships.get(`${row.id} ${personId}`) ?? null));
  };
  return {
    projects,
    people,
    maySee: (personId, projectId) => sees(personId, projects.get(projectId)),
    sawBefore(personId, projectId) {
      const row = projects.get(projectId);
      return sees(personId, row && { ...row, deleted_at: null });
    },
  };
}
