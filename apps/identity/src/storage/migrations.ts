/**
 * The steps that bring the identity tables to today, in the order they are applied. A step is one file,
 * `migrations/<four digits>-<what>.ts`, that exports `step`; once released it never changes, and a further change is a
 * further step. Steps are small because not every engine can take back half a step.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { step as totp } from './migrations/0001-totp.ts';
import { step as regulation } from './migrations/0002-regulation.ts';
import { step as oidc } from './migrations/0003-oidc.ts';
import { step as refusals } from './migrations/0004-refusals.ts';
import { step as sessions } from './migrations/0005-sessions.ts';
import { step as clientRegistrations } from './migrations/0006-client-registrations.ts';
import { step as consents } from './migrations/0007-consents.ts';
import { step as registeredClients } from './migrations/0008-registered-clients.ts';
import { step as securityKeys } from './migrations/0009-security-keys.ts';
import { step as sessionOrigins } from './migrations/0010-session-origins.ts';
import { step as sessionGrants } from './migrations/0011-session-grants.ts';
import { step as pushDevices } from './migrations/0012-push-devices.ts';
import { step as attemptFactors } from './migrations/0013-attempt-factors.ts';
import { step as webauthnMetadata } from './migrations/0014-webauthn-metadata.ts';
import { step as appearances } from './migrations/0015-appearances.ts';
import { step as recoveryCodes } from './migrations/0016-recovery-codes.ts';
import { step as knownPlaces } from './migrations/0017-known-places.ts';
import { step as toldPlaces } from './migrations/0018-told-places.ts';
import { step as shutOuts } from './migrations/0019-shut-outs.ts';
import { step as newPasswords } from './migrations/0020-new-passwords.ts';
import { step as newPasswordLooks } from './migrations/0021-new-password-looks.ts';
import { step as newPasswordEnds } from './migrations/0022-new-password-ends.ts';

/** The namespace to hand to `migrate`. */
export const identityNamespace = 'identity';

export const identityMigrations: readonly Migration[] = [
  totp,
  regulation,
  oidc,
  refusals,
  sessions,
  clientRegistrations,
  consents,
  registeredClients,
  securityKeys,
  sessionOrigins,
  sessionGrants,
  pushDevices,
  attemptFactors,
  webauthnMetadata,
  appearances,
  recoveryCodes,
  knownPlaces,
  toldPlaces,
  shutOuts,
  newPasswords,
  newPasswordLooks,
  newPasswordEnds,
];
