/**
 * Which people an admin may change, and how far. Whoever manages people never reaches above their own role, and never
 * changes their own place: so no slip locks anybody out and no admin makes themselves an owner. Pure; that the last owner
 * stays one, the command asks the database.
 */
import { type RoleNumber, roles } from '../../wire/roles.ts';
import { can, type Viewer, workspace } from '../projects/policy.ts';

export type Target = { readonly id: string; readonly role: RoleNumber };
export type Barrier = 'not-admin' | 'yourself' | 'above-you';

/** What keeps the viewer from changing the role or the standing of `target`; undefined when nothing does. */
export function barrierTo(viewer: Viewer, target: Target): Barrier | undefined {
  if (!can(viewer, 'people.manage', workspace)) return 'not-admin';
  if (viewer.id === target.id) return 'yourself';
  return target.role > viewer.role ? 'above-you' : undefined;
}

/** The roles the viewer may give. */
export function rolesToGive(viewer: Viewer, target: Target): RoleNumber[] {
  if (barrierTo(viewer, target)) return [];
  return Object.values(roles).filter((role) => role <= viewer.role);
}
