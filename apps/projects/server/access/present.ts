/** Who can do what in a project, worked out by the same policy that decides it. Pure. */
import type { AccessEntry } from '../../wire/access.ts';
import { type RoleNumber, roleName } from '../../wire/roles.ts';
import { type ProjectFacts, standingIn, type Viewer } from '../projects/policy.ts';
import { presentMay } from '../projects/present.ts';
import type { ProjectTables } from '../projects/schema.ts';

export type AccessRow = {
  readonly id: string;
  readonly name: string;
  readonly role: RoleNumber;
  readonly client_id: string | null;
  readonly member_id: string | null;
  readonly member_role: ProjectTables['project_members']['role'];
  readonly given_by: 'person' | 'group' | null;
};

/** Undefined for somebody who cannot see the project. */
export function presentAccess(facts: ProjectFacts, row: AccessRow): AccessEntry | undefined {
  const viewer: Viewer = { id: row.id, role: row.role, clientId: row.client_id };
  const theirs = { ...facts, membership: row.member_id === null ? null : { role: row.member_role } };
  const { role, why } = standingIn(viewer, theirs);
  if (role === null || why === 'outside') return undefined;
  return {
    person: { id: row.id, name: row.name },
    role,
    roleName: roleName(role),
    why,
    workspaceRoleName: roleName(row.role),
    byGroup: row.given_by === 'group',
    may: presentMay(viewer, theirs),
  };
}
