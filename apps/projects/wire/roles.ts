/**
 * The six roles, their numbers and their words (Leantime's own numbers, because `LEAN_OIDC_DEFAULT_ROLE` is written in
 * them). Knows no person and no project: what a role allows is decided in `server/projects/policy.ts`.
 */

import { marked } from '@gatehouse/words/say.ts';

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
export type ProjectRole = Exclude<RoleNumber, (typeof roles)['admin' | 'owner']>;

const words: Readonly<Record<RoleNumber, string>> = {
  5: marked('Read only'),
  10: marked('Commenter'),
  20: marked('Editor'),
  30: marked('Manager'),
  40: marked('Admin'),
  50: marked('Owner'),
};

/** In English; a page says it in its own language. */
export function roleName(role: RoleNumber): string {
  return words[role];
}
