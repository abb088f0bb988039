/** People as admins manage them, as the API shows and takes them. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import type { ClientRef } from './client.ts';
import { id } from './fields.ts';
import type { PersonRef } from './me.ts';
import { type RoleNumber, roles } from './roles.ts';

/** How somebody gets in: through a provider, with a password of this workspace (owners for emergencies alone), or not yet. */
export type PersonSource =
  | { readonly kind: 'provider'; readonly host: string }
  | { readonly kind: 'local' | 'never-yet' };

export type ManagedPerson = PersonRef & {
  readonly email: string;
  readonly role: RoleNumber;
  readonly roleName: string;
  readonly client: ClientRef | null;
  readonly isActive: boolean;
  readonly source: PersonSource;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
  readonly jobTitle: string;
  readonly department: string;
  readonly may: {
    /** The roles the viewer may give them; empty for none. */
    readonly giveRoles: readonly RoleNumber[];
    readonly deactivate: boolean;
  };
  /** Why not everything, in words; null when nothing is refused. */
  readonly whyNot: string | null;
};

export type ManagedPeopleAnswer = { readonly managedPeople: readonly ManagedPerson[]; readonly more: boolean };
export type ManagedPersonAnswer = { readonly managedPerson: ManagedPerson };

export const editPersonRequest = z
  .strictObject({
    role: z.literal(Object.values(roles)).optional(),
    clientId: id.nullable().optional(),
    isActive: z.boolean().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, marked('Say at least one thing to change.'));
export type EditPersonRequest = z.infer<typeof editPersonRequest>;

/** What the provider says of oneself; it is changed there. */
export type Profile = {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly jobTitle: string;
  readonly jobLevel: string;
  readonly department: string;
  readonly roleName: string;
  readonly client: ClientRef | null;
  readonly source: PersonSource;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
};
export type ProfileAnswer = { readonly profile: Profile };

/** A try at the page of local owners. */
export type LocalSignIn = {
  readonly name: string;
  readonly signedIn: boolean;
  readonly address: string;
  /** ISO 8601, UTC. */
  readonly at: string;
};
export type LocalSignInsAnswer = { readonly localSignIns: readonly LocalSignIn[] };
