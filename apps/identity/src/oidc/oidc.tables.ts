/**
 * The durable tables of the provider: who a subject is, which consents are remembered, which grants live, and which
 * applications are registered.
 */

export type OidcTables = {
  subjects: {
    id: string;
    service: string;
    sector_id: string;
    username: string;
    /** The `sub` applications know: a random UUIDv4, never reused. */
    identifier: string;
    created_at_ms: number;
  };
  remembered_consents: {
    id: string;
    client_id: string;
    subject: string;
    /** Sorted, separated by a space. */
    scopes: string;
    /** Sorted, separated by a space; empty without one. */
    audience: string;
    /** SHA-256 of the claims request in a canonical form; empty without one. */
    claims_signature: string;
    created_at_ms: number;
    expires_at_ms: number;
    revoked_at_ms: number | null;
    /** Claims the person kept back, separated by a space. */
    refused_claims: string | null;
  };
  grants: {
    id: string;
    client_id: string;
    subject: string;
    created_at_ms: number;
    expires_at_ms: number;
    /** The engine's session that takes it along when it ends; null for a grant that outlives sessions. */
    session_uid: string | null;
  };
  client_registrations: {
    client_id: string;
    /** A random UUIDv4, new each time the application appears in the configuration. */
    registration: string;
    since_ms: number;
  };
};
