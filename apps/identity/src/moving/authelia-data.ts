/** What Authelia knows about people, in the shapes of this house. Nothing of it has been written here yet. */

import type { ForeignPush } from '../sign-in/push/push.take.ts';
import type { TotpKey } from '../sign-in/totp/totp.code.ts';
import type { ForeignKey } from '../sign-in/webauthn/webauthn.take.ts';

export type AutheliaIdentifier = {
  readonly username: string;
  /** The whole `sector_identifier_uri`, or empty for the public subject. */
  readonly sector: string;
  readonly identifier: string;
};

export type AutheliaCode = {
  readonly username: string;
  readonly key: TotpKey;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | undefined;
};

/** `rpId` is empty for a key of the time when there was one portal. */
export type AutheliaKey = ForeignKey;

/** Under which handle the authenticators at a portal know a person. */
export type AutheliaHandle = { readonly rpId: string; readonly username: string; readonly handle: string };

/** `method` as Authelia calls it: `totp`, `webauthn`, `mobile_push`. */
export type AutheliaPreference = { readonly username: string; readonly method: string };

export type AutheliaConsent = {
  readonly username: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  /** The `claims` parameter (JSON) that was answered, if the request had one. */
  readonly claims: string | undefined;
  readonly grantedClaims: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

export type AutheliaBan = {
  readonly kind: 'user' | 'ip';
  /** A name, or an address as it was written. */
  readonly subject: string;
  readonly createdAtMs: number;
  /** Absent: until revoked. */
  readonly expiresAtMs: number | undefined;
  readonly source: 'regulation' | 'cli';
  readonly reason: string;
};

/** A row that cannot be used: whose it is, as far as that is known, and why. */
export type Unusable = { readonly of: string; readonly why: string };

/** The kinds of things that are taken, in the order in which they are told. */
export const autheliaKinds = ['identifiers', 'codes', 'keys', 'devices', 'preferences', 'consents', 'bans'] as const;
export type AutheliaKind = (typeof autheliaKinds)[number];

export type AutheliaData = {
  readonly schemaVersion: number;
  readonly identifiers: readonly AutheliaIdentifier[];
  readonly codes: readonly AutheliaCode[];
  readonly keys: readonly AutheliaKey[];
  readonly handles: readonly AutheliaHandle[];
  readonly devices: readonly ForeignPush[];
  readonly preferences: readonly AutheliaPreference[];
  readonly consents: readonly AutheliaConsent[];
  readonly bans: readonly AutheliaBan[];
  readonly unusable: Readonly<Record<AutheliaKind, readonly Unusable[]>>;
};
