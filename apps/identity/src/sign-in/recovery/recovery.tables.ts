/** The durable table of recovery codes. A row is no code: it holds a digest. */

export type RecoveryTables = {
  recovery_codes: {
    /** Canonical name from the directory. */
    username: string;
    /** Of the name and the code. */
    digest: string;
    created_at_ms: number;
    used_at_ms: number | null;
  };
};
