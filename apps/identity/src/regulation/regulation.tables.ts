/** The durable tables of regulation: what was tried, who is banned, and counters of attempts. */

export type RegulationTables = {
  authentication_logs: {
    id: string;
    at_ms: number;
    /** `banned`: refused unheard, because a ban was in force. */
    outcome: 'success' | 'failure' | 'banned';
    /** Canonical name, or empty when the directory knows nobody by what was typed. */
    username: string;
    address: string;
    /** What the address counts as: itself, or for IPv6 its /64. */
    network: string;
  };
  bans: {
    id: string;
    kind: 'user' | 'ip';
    /** Canonical name; or an address, or for IPv6 a /64. */
    subject: string;
    created_at_ms: number;
    /** Null: until revoked. */
    expires_at_ms: number | null;
    revoked_at_ms: number | null;
    source: 'regulation' | 'cli';
    reason: string;
  };
  attempt_counters: {
    bucket: string;
    attempts: number;
    /** When the window that is counted in ends. */
    ends_at_ms: number;
  };
};
