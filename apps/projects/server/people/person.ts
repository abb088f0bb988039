/**
 * A person of the workspace: what the rest of the server knows of them, and the table they are kept in. Knows no token and
 * no session. There is no local password: people prove who they are to the provider.
 */
import type { RoleNumber } from '../../wire/roles.ts';
import type { Scope } from '../../wire/scopes.ts';

export type Person = {
  readonly id: string;
  readonly displayName: string;
  /** Unicode NFC, lower case. */
  readonly email: string;
  readonly role: RoleNumber;
  /** The company they belong to, if any. */
  readonly clientId: string | null;
  /** What the access token they come with may be used for; absent for somebody who is signed in. */
  readonly scopes?: readonly Scope[];
};

/** In place of a provider's issuer: somebody who gets in by a password of this workspace, made by a command. */
export const localIssuer = 'urn:gatehouse:local';

export type PersonTables = {
  people: {
    id: string;
    /** What others see: the first and the last name, or what the provider calls them. */
    name: string;
    /** Unicode NFC, lower case; unique. A way to write to somebody, never who they are. */
    email: string;
    role: RoleNumber;
    first_name: string;
    last_name: string;
    phone: string;
    job_title: string;
    job_level: string;
    department: string;
    /** The provider and its name for the person; both null until the first sign-in of somebody imported. */
    issuer: string | null;
    subject: string | null;
    created_at: number;
    last_sign_in_at: number | null;
    client_id: string | null;
    /** Since when they may no longer come in; null while they may. */
    deactivated_at: number | null;
  };
};

/** One spelling for one address: NFC and lower case. Accents stay: they are other letters. */
export function normaliseEmail(text: string): string {
  return text.trim().normalize('NFC').toLowerCase();
}
