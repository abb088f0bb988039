/** The configuration's `webauthn` as the room takes it. */
import type { Configuration } from '../../config/configuration.ts';
import type { MetadataOptions } from './metadata/metadata.ts';

export type Wish = 'discouraged' | 'preferred' | 'required';

export type WebauthnOptions = {
  /** How the browser names this house when it asks. */
  readonly displayName: string;
  readonly attestation: 'none' | 'indirect' | 'direct';
  readonly timeoutMs: number;
  /** Undefined: either. */
  readonly attachment: 'platform' | 'cross-platform' | undefined;
  readonly discoverability: Wish;
  readonly userVerification: Wish;
  /** Models (AAGUID, lower case) that alone may be added; empty for all. */
  readonly permittedModels: readonly string[];
  readonly prohibitedModels: readonly string[];
  /** Passkeys that are copied between devices may not be added. */
  readonly prohibitBackupEligible: boolean;
  /** A passkey alone signs in. */
  readonly passkeySignIn: boolean;
  /** A passkey that verified its user counts as two factors. */
  readonly verifiedCountsTwice: boolean;
  /** A key that was not known to be discoverable becomes so when it signs in alone. */
  readonly upgrades: boolean;
};

export function webauthnOptions(webauthn: Configuration['webauthn']): WebauthnOptions {
  const { filtering, selection_criteria: criteria } = webauthn;
  return {
    displayName: webauthn.display_name,
    attestation: webauthn.attestation_conveyance_preference,
    timeoutMs: webauthn.timeout * 1000,
    attachment: criteria.attachment === '' ? undefined : criteria.attachment,
    discoverability: criteria.discoverability,
    userVerification: criteria.user_verification,
    permittedModels: filtering.permitted_aaguids.map((id) => id.toLowerCase()),
    prohibitedModels: filtering.prohibited_aaguids.map((id) => id.toLowerCase()),
    prohibitBackupEligible: filtering.prohibit_backup_eligibility,
    passkeySignIn: !webauthn.disable && webauthn.enable_passkey_login,
    verifiedCountsTwice: webauthn.experimental_enable_passkey_uv_two_factors,
    upgrades: webauthn.experimental_enable_passkey_upgrade,
  };
}

/** Undefined: makers are not asked about. */
export function metadataOptions({ disable, metadata }: Configuration['webauthn']): MetadataOptions | undefined {
  if (disable || !metadata.enabled) return undefined;
  return {
    url: metadata.url,
    keptCounts: metadata.cache_policy === 'relaxed',
    rules: {
      trustAnchor: metadata.validate_trust_anchor,
      entry: metadata.validate_entry,
      permitZeroModel: metadata.validate_entry_permit_zero_aaguid,
      status: metadata.validate_status,
      permittedStatuses: metadata.validate_status_permitted,
      prohibitedStatuses: metadata.validate_status_prohibited,
    },
  };
}
