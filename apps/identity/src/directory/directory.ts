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
  /** Unknown, disabled, wrong password, or not to be heard: one answer, after the same work. */
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
  /** `current` is not theirs any more. */
  | { readonly kind: 'refused' }
  /** The directory has rules of its own for passwords, and this one does not meet them. */
  | { readonly kind: 'against-policy' }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

export type PasswordMarkAnswer =
  /** Unlike the one before as soon as the password is another one, as far as the directory tells. It opens nothing. */
  | {
      readonly kind: 'found';
      readonly mark: string;
      /** False: it may stay as it is over a new password, for the directory does not tell. */
      readonly tellsChanges: boolean;
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/**
 * The say of whoever asks, while a password is checked. `username` is the canonical name, undefined when nobody who may sign in
 * is known by what was typed. Who it is leaves the directory this way alone: refusals are all the same.
 */
export type Hearing = {
  /** Whether this password may be looked at. Otherwise it is refused after the same work. Asked again when a connection broke. */
  mayTry(username: string | undefined): Promise<boolean>;
  /**
   * What came of it, unless the directory was unavailable. A right password lets in only when this answers true. It comes
   * before a refusal is held back for evenness, so that what is done here does not show either.
   */
  conclude(username: string | undefined, isRight: boolean): Promise<boolean>;
};

/** Everybody is heard, and what is right is right. */
export const openHearing: Hearing = { mayTry: async () => true, conclude: async (_username, isRight) => isRight };

export interface Directory {
  /** `login` is what the person typed: a name, or an address where the directory searches by e-mail. */
  checkPassword(login: string, password: string, hearing?: Hearing): Promise<PasswordAnswer>;
  /** A disabled person is `unknown`, after the same work as one who is found. */
  find(login: string): Promise<FindAnswer>;
  /**
   * From then on this password is theirs and the old one is not, also after a crash. `username` is the canonical name; who
   * may ask for this is the caller's to know. `current` is the old password where they have just proved it, and has to be theirs
   * still; a server that treats a password set by somebody else differently then sees that they set it themselves.
   */
  setPassword(username: string, password: string, current?: string): Promise<SetPasswordAnswer>;
  /** For whoever has to see later that a password was changed, by whatever means. `username` is the canonical name. */
  passwordMark(username: string): Promise<PasswordMarkAnswer>;
  close(): Promise<void>;
}
