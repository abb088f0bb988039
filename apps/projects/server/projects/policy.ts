/**
 * Who may do what: one pure function for pages, API and whatever comes later. Knows roles, membership and visibility;
 * fetches nothing and words no refusal.
 */
import { type ProjectRole, type RoleNumber, roles } from '../../wire/roles.ts';

export type Viewer = { readonly id: string; readonly role: RoleNumber };

/** What a decision about a project rests on. `membership` is the viewer's own; null when there is none. */
export type ProjectFacts = {
  readonly kind: 'project';
  readonly visibility: 'restricted' | 'all';
  readonly state: 'open' | 'archived';
  readonly membership: { readonly role: ProjectRole | null } | null;
};

export type Workspace = { readonly kind: 'workspace' };
export const workspace: Workspace = { kind: 'workspace' };

export type WorkspaceAction = 'project.create';
export type ProjectAction =
  | 'project.view'
  | 'project.edit'
  | 'project.members'
  | 'toDo.create'
  | 'toDo.edit'
  | 'toDo.delete';

const leastRole: Readonly<Record<WorkspaceAction | ProjectAction, RoleNumber>> = {
  // An editor who just arrived must have somewhere to begin: docs/decisions/first-project.md.
  'project.create': roles.editor,
  'project.view': roles.readonly,
  'project.edit': roles.manager,
  'project.members': roles.manager,
  'toDo.create': roles.editor,
  'toDo.edit': roles.editor,
  'toDo.delete': roles.editor,
};

/** What is still allowed once a project is archived: looking, and bringing it back. */
const allowedWhenArchived: ReadonlySet<ProjectAction> = new Set(['project.view', 'project.edit', 'project.members']);

export function can(viewer: Viewer, action: WorkspaceAction, resource: Workspace): boolean;
export function can(viewer: Viewer, action: ProjectAction, resource: ProjectFacts): boolean;
export function can(
  viewer: Viewer,
  action: WorkspaceAction | ProjectAction,
  resource: Workspace | ProjectFacts,
): boolean {
  if (resource.kind === 'workspace') return viewer.role >= leastRole[action];
  const role = roleIn(viewer, resource);
  if (role === null || role < leastRole[action]) return false;
  return resource.state === 'open' || allowedWhenArchived.has(action as ProjectAction);
}

/**
 * The role somebody has in a project, or null for none. A role given in the project replaces the role in the workspace,
 * upwards and downwards; managers, admins and owners of the workspace see every project and keep their role in it.
 */
export function roleIn(viewer: Viewer, project: Pick<ProjectFacts, 'visibility' | 'membership'>): RoleNumber | null {
  if (viewer.role >= roles.manager) return viewer.role;
  if (project.membership) return project.membership.role ?? viewer.role;
  return project.visibility === 'all' ? viewer.role : null;
}
