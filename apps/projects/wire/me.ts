/** Who is signed in, and what of the whole workspace is theirs to do. */
import type { RoleNumber } from './roles.ts';

export type PersonRef = { readonly id: string; readonly name: string };

export type Me = {
  readonly person: PersonRef & { readonly email: string; readonly role: RoleNumber; readonly roleName: string };
  /** The newest change there was: what is read from now on holds at least this, and live changes go on from here. */
  readonly liveAfter: number;
  readonly site: { readonly name: string };
  readonly may: {
    readonly createProject: boolean;
    readonly managePeople: boolean;
    readonly manageClients: boolean;
    readonly manageSite: boolean;
  };
};
