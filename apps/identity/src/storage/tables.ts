/**
 * Every durable table of the identity application, merged from the rooms that own them. A room describes its tables in
 * its own `<room>.tables.ts` and adds them here; its stores take an `IdentityDatabase` and touch no table but theirs.
 */
import type { Database } from '@gatehouse/storage/database.ts';
import type { Kysely } from 'kysely';
import type { NewPasswordTables } from '../account/new-passwords.tables.ts';
import type { AppearanceTables } from '../appearance/appearance.tables.ts';
import type { LogoutTables } from '../oidc/logout/logout.tables.ts';
import type { OidcTables } from '../oidc/oidc.tables.ts';
import type { RefusalTables } from '../oidc/refusals/refusals.tables.ts';
import type { RegistrationTables } from '../oidc/registration/registration.tables.ts';
import type { RegulationTables } from '../regulation/regulation.tables.ts';
import type { SessionTables } from '../session/session.tables.ts';
import type { PushTables } from '../sign-in/push/push.tables.ts';
import type { RecoveryTables } from '../sign-in/recovery/recovery.tables.ts';
import type { PreferenceTables } from '../sign-in/second-factors.tables.ts';
import type { TotpTables } from '../sign-in/totp/totp.tables.ts';
import type { MetadataTables } from '../sign-in/webauthn/metadata/metadata.store.ts';
import type { WebauthnTables } from '../sign-in/webauthn/webauthn.tables.ts';

export type IdentityTables = TotpTables &
  RegulationTables &
  RegistrationTables &
  OidcTables &
  RefusalTables &
  LogoutTables &
  SessionTables &
  WebauthnTables &
  PushTables &
  MetadataTables &
  RecoveryTables &
  PreferenceTables &
  AppearanceTables &
  NewPasswordTables;

/** What a store works with. */
export type IdentityKysely = Kysely<IdentityTables>;

/** What `openDatabase` answers for this application. */
export type IdentityDatabase = Database<IdentityTables>;
