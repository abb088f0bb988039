/** The durable tables of security keys and passkeys. */

type Flag = 0 | 1;

export type WebauthnTables = {
  security_keys: {
    id: string;
    /** SHA-256 of the credential's identifier, base64url. */
    credential_digest: string;
    /** base64url. */
    credential_id: string;
    rp_id: string;
    /** Canonical name from the directory. */
    username: string;
    name: string;
    /** What the authenticator holds as the user's id, as text; null for a key that was moved here without it. */
    user_handle: string | null;
    created_at_ms: number;
    last_used_at_ms: number | null;
    aaguid: string | null;
    /** Of the FIDO metadata statement: `none`, `basic_surrogate`, `basic_full`, `attca`, `anonca`. */
    attestation_type: string;
    attestation_format: string;
    attachment: string;
    /** Separated by commas. */
    transports: string;
    sign_count: number;
    clone_warning: Flag;
    /** Registered with the protocol before WebAuthn (U2F). */
    legacy: Flag;
    discoverable: Flag;
    user_present: Flag;
    user_verified: Flag;
    backup_eligible: Flag;
    backup_state: Flag;
    /** COSE, sealed at (`security_keys`, `public_key`, id): nobody who can only write to the database puts in a key of their own. */
    public_key: Uint8Array;
    /** What the authenticator said of itself, sealed at (`security_keys`, `attestation`, id). */
    attestation: Uint8Array;
  };
  security_key_handles: { rp_id: string; username: string; user_handle: string };
};
