/** Reads everybody who may come in, with their membership of one project. Who can see it, `present.ts` works out. */
import { foundPeopleMax } from '../../wire/project.ts';
import { roles } from '../../wire/roles.ts';
import type { Executor } from '../api/workspace.ts';
import { isNamed } from '../projects/people-queries.ts';
import type { SeenProject } from '../projects/present.ts';
import { type Cut, cutAt } from '../projects/queries.ts';
import type { AccessRow } from './present.ts';

/** Whoever is not among them is found by name. */
const peopleMax = 200;

/**
 * Everybody who could have access by some rule; the strongest roles first, so that a cut list holds them. `name`: letters of
 * it; then fewer are listed.
 */
export async function listCandidates(db: Executor, { row }: SeenProject, name?: string): Promise<Cut<AccessRow>> {
  const max = name === undefined ? peopleMax : foundPeopleMax;
  const people = db
    .selectFrom('people')
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.person_id', '=', 'people.id').on('project_members.project_id', '=', row.id),
    )
    .where('people.deactivated_at', 'is', null)
    .$if(name !== undefined, (named) => named.where(isNamed(name ?? '')))
    .select([
      'people.id',
      'people.name',
      'people.role',
      'people.client_id',
      'project_members.person_id as member_id',
      'project_members.role as member_role',
      'project_members.given_by',
    ])
    .orderBy('people.role', 'desc')
    .orderBy('people.name')
    .limit(max + 1);
  const candidates =
    row.visibility === 'all'
      ? people
      : people.where((where) =>
          where.or([
            where('people.role', '>=', roles.manager),
            where('project_members.person_id', 'is not', null),
            ...(row.visibility === 'clients' && row.client_id !== null
              ? [where('people.client_id', '=', row.client_id)]
              : []),
          ]),
        );
  return cutAt(await candidates.execute(), max);
}
