/**
 * The six roles, their numbers and their words (Leantime's own numbers, because `LEAN_OIDC_DEFAULT_ROLE` is written in
 * them). Knows no person and no project: what a role allows is decided in `server/projects/policy.ts`.
 */

export const roles = {
  readonly: 5,
  commenter: 10,
  editor: 20,
  manager: 30,
  admin: 40,
  owner: 50,
} as const;

export type RoleNumber = (typeof roles)[keyof typeof roles];

/** The roles somebody may hold in one project; admin and owner are roles of the whole workspace. */
export const projectRoles = [roles.readonly, roles.commenter, roles.editor, roles.manager] as const;
export type ProjectRole = (typeof projectRoles)[number];

const words: Readonly<Record<RoleNumber, string>> = {
  5: 'Read only',
  10: 'Commenter',
  20: 'Editor',
  30: 'Manager',
  40: 'Admin',
  50: 'Owner',
};

export function roleName(role: RoleNumber): string {
  return words[role];
}
