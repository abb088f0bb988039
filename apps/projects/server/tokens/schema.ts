/** The tables of what gets in without a session: access tokens, and the secret address of a calendar. Digests only. */
export type TokenTables = {
  access_tokens: {
    id: string;
    person_id: string;
    name: string;
    /** SHA-256: the token itself is 256 random bits, so there is nothing to guess. */
    digest: string;
    hint: string;
    /** JSON, a list of scopes. */
    scopes: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
  };
  feed_secrets: { person_id: string; digest: string; created_at: number };
};
