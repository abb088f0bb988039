/** The durable tables of regulation: what was tried, who is banned, and counters of attempts. */
import type { Generated } from 'kysely';

export type RegulationTables = {
  sign_in_attempts: {
    /** Rises with each row: the order of attempts within one millisecond. */
    id: Generated<number>;
    at_ms: number;
    /** `banned`: refused because a ban was in force. `pardoned`: an administrator took a ban back. */
    outcome: 'success' | 'failure' | 'banned' | 'pardoned';
    /** Canonical name, or empty when the directory knows nobody by what was typed. */
    username: string;
    address: string;
    /** What the address counts as: itself, or for IPv6 its /64. */
    network: string;
    /** What was tried. A pardon stands for both. */
    factor: 'first' | 'second';
  };
  bans: {
    id: string;
    kind: 'user' | 'ip';
    /** Canonical name; or an address, for IPv6 its /64. */
    subject: string;
    created_at_ms: number;
    /** Null: until revoked. */
    expires_at_ms: number | null;
    revoked_at_ms: number | null;
    source: 'regulation' | 'cli';
    reason: string;
  };
  attempt_counters: {
    /** A digest of what is counted and of the length of its window. */
    bucket: string;
    attempts: number;
    /** When the window that is counted in ends. */
    ends_at_ms: number;
  };
};
