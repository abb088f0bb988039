/**
 * The seam between sign-in and whoever knows the people: a users file or an LDAP server.
 *
 * A directory answers two questions, who is this and is this their password, each with one of a few answers. It knows
 * nothing of sessions, bans or pages.
 */

/** A person as the directory knows them. Attribute names are the claim names of OpenID Connect Core 5.1 where one exists. */
export type Identity = {
  /** Canonical login name: the key in the users file, never what the person typed. */
  readonly username: string;
  readonly displayName: string;
  /** First entry is the primary address. Empty when the directory has none. */
  readonly emails: readonly string[];
  readonly groups: readonly string[];
  readonly attributes: Attributes;
};

export type Address = {
  readonly street_address?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postal_code?: string;
  readonly country?: string;
};

export type Attributes = {
  readonly given_name?: string;
  readonly middle_name?: string;
  readonly family_name?: string;
  readonly nickname?: string;
  readonly gender?: string;
  readonly birthdate?: string;
  readonly zoneinfo?: string;
  readonly locale?: string;
  readonly website?: string;
  readonly profile?: string;
  readonly picture?: string;
  readonly phone_number?: string;
  readonly phone_extension?: string;
  readonly address?: Address;
  /** Names and shapes as declared in `authentication_backend.file.extra_attributes`. */
  readonly extra: Readonly<Record<string, ExtraAttribute>>;
};

export type ExtraAttribute = string | number | boolean | readonly (string | number | boolean)[];

export type PasswordAnswer =
  | { readonly kind: 'verified'; readonly identity: Identity }
  /** Unknown, disabled, or wrong password: one answer, and one digest paid in each case. */
  | { readonly kind: 'refused' }
  /** The directory or its digest queue cannot answer now. Never shown as a wrong password. */
  | { readonly kind: 'unavailable'; readonly cause: unknown };

export type FindAnswer =
  | { readonly kind: 'found'; readonly identity: Identity }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

export type SetPasswordAnswer =
  | { readonly kind: 'set' }
  /** Gone or disabled since they were found. */
  | { readonly kind: 'unknown' }
  /** The directory has rules of its own for passwords, and this one does not meet them. */
  | { readonly kind: 'against-policy' }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

export interface Directory {
  /** `login` is what the person typed: a name, or an address where the directory searches by e-mail. */
  checkPassword(login: string, password: string): Promise<PasswordAnswer>;
  /** A disabled person is `unknown`. */
  find(login: string): Promise<FindAnswer>;
  /**
   * From then on this password is theirs and the old one is not, also after a crash. `username` is the canonical name; who
   * may ask for this is the caller's to know.
   */
  setPassword(username: string, password: string): Promise<SetPasswordAnswer>;
  close(): Promise<void>;
}
