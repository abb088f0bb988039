/**
 * Who may do what: one pure function for pages, API, live updates and access tokens. Knows roles, membership, visibility,
 * ownership and scopes; fetches nothing and words no refusal (`api/permit.ts` does). What there is to be done, and which role
 * it takes, stands in `policy-actions.ts`.
 */
import { type ProjectRole, type RoleNumber, roles } from '../../wire/roles.ts';
import type { Scope } from '../../wire/scopes.ts';
import {
  type Action,
  isProjectAction,
  type OwnAction,
  type ProjectAction,
  ruleOf,
  type WorkspaceAction,
} from './policy-actions.ts';

export type { Action, OwnAction, ProjectAction, WorkspaceAction } from './policy-actions.ts';

export type Viewer = {
  readonly id: string;
  readonly role: RoleNumber;
  /** The company somebody belongs to, if any. */
  readonly clientId?: string | null;
  /** What the access token they come with may be used for; undefined for somebody who is signed in. */
  readonly scopes?: readonly Scope[];
};

/** What a decision about a project rests on. `membership` is the viewer's own; null when there is none. */
export type ProjectFacts = {
  readonly kind: 'project';
  readonly visibility: 'restricted' | 'clients' | 'all';
  readonly state: 'open' | 'archived' | 'trashed';
  /** The company the project is for. */
  readonly clientId?: string | null;
  readonly membership: { readonly role: ProjectRole | null } | null;
};

/** A thing in a project that somebody made: a comment, a file. */
export type OwnedFacts = ProjectFacts & { readonly ownerId: string };

export function ownedBy(ownerId: string, project: ProjectFacts): OwnedFacts {
  return { ...project, ownerId };
}

export type Workspace = { readonly kind: 'workspace' };
export const workspace: Workspace = { kind: 'workspace' };

/** What is missing when the answer is no. `sight`: the project is not theirs to know of. */
export type Lack = 'sight' | 'role' | 'own' | 'open' | 'scope';
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly lacks: Lack };

const yes: Decision = { allowed: true };
const no = (lacks: Lack): Decision => ({ allowed: false, lacks });

export function can(viewer: Viewer, action: WorkspaceAction, resource: Workspace): boolean;
export function can(viewer: Viewer, action: ProjectAction, resource: ProjectFacts): boolean;
export function can(viewer: Viewer, action: OwnAction, resource: OwnedFacts): boolean;
export function can(viewer: Viewer, action: Action, resource: Workspace | ProjectFacts | OwnedFacts): boolean {
  return decide(viewer, action, resource).allowed;
}

/**
 * As `can`, and says what is missing. Somebody who may not see a project learns nothing else about it, and nobody sees one
 * in the trash: there is only what is done to the trash itself.
 */
export function decide(viewer: Viewer, action: Action, resource: Workspace | ProjectFacts | OwnedFacts): Decision {
  if (isProjectAction(action) !== (resource.kind === 'project'))
    throw new TypeError(`'${action}' is not done to a ${resource.kind}`);
  const rule = ruleOf(action);
  const role = resource.kind === 'project' ? roleIn(viewer, resource) : viewer.role;
  const isHidden = resource.kind === 'project' && (resource.state === 'trashed') !== (rule.inTrash ?? false);
  if (role === null || isHidden || !carries(viewer, 'read')) return no(resource.kind === 'project' ? 'sight' : 'scope');
  if (role < rule.least) return no('role');
  if (!carries(viewer, rule.scope)) return no('scope');
  if (resource.kind === 'workspace') return yes;
  if (rule.own && !('ownerId' in resource && resource.ownerId === viewer.id)) return no('own');
  return resource.state !== 'archived' || rule.whenArchived ? yes : no('open');
}

function carries({ scopes }: Viewer, scope: Scope | null): boolean {
  return scopes === undefined || (scope !== null && scopes.includes(scope));
}

/** Why somebody has the role that they have in a project. */
export type StandingReason = 'manages-workspace' | 'own-role' | 'inherits' | 'company' | 'everyone' | 'outside';
export type Standing = { readonly role: RoleNumber | null; readonly why: StandingReason };
type Place = Pick<ProjectFacts, 'visibility' | 'clientId' | 'membership'>;

/**
 * What somebody is in a project and why. A role given in the project replaces the role in the workspace, upwards and
 * downwards; managers, admins and owners of the workspace see every project and keep their role in it.
 */
export function standingIn(viewer: Viewer, { visibility, clientId, membership }: Place): Standing {
  if (viewer.role >= roles.manager) return { role: viewer.role, why: 'manages-workspace' };
  if (membership?.role) return { role: membership.role, why: 'own-role' };
  if (membership) return { role: viewer.role, why: 'inherits' };
  if (visibility === 'all') return { role: viewer.role, why: 'everyone' };
  // Nobody's company is not a company: two blanks are no match.
  if (visibility === 'clients' && clientId && clientId === viewer.clientId)
    return { role: viewer.role, why: 'company' };
  return { role: null, why: 'outside' };
}

/** The role somebody has in a project, or null for none. */
export function roleIn(viewer: Viewer, project: Place): RoleNumber | null {
  return standingIn(viewer, project).role;
}
