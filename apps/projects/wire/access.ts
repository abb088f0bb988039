/** Who can do what in a project, and why: the page that answers it. */
import type { PersonRef } from './me.ts';
import type { ProjectMay } from './project.ts';
import type { RoleNumber } from './roles.ts';

/** Why somebody has the role that they have in a project. */
export type StandingReason = 'manages-workspace' | 'own-role' | 'inherits' | 'company' | 'everyone';

export type AccessEntry = {
  readonly person: PersonRef;
  readonly role: RoleNumber;
  readonly roleName: string;
  readonly why: StandingReason;
  /** The role they have everywhere else. */
  readonly workspaceRoleName: string;
  /** A group of the provider let them in. */
  readonly byGroup: boolean;
  readonly may: ProjectMay;
};

export type AccessAnswer = { readonly access: readonly AccessEntry[]; readonly more: boolean };
