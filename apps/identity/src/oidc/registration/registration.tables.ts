/** The durable tables of dynamic client registration. */

export type RegistrationTables = {
  oidc_registered_clients: {
    client_id: string;
    client_name: string;
    /** Sealed: metadata and secret as JSON. */
    registration: Uint8Array;
    /** SHA-256 of the registration access token, base64url. */
    access_token_digest: string;
    created_at_ms: number;
    version: number;
    /** When it was last loaded for a request, to the day. */
    used_at_ms: number;
  };
  oidc_initial_access_tokens: {
    id: string;
    digest: string;
    description: string;
    uses_left: number;
    created_at_ms: number;
    expires_at_ms: number;
  };
};
