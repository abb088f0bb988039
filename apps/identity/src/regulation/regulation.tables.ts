/** The durable tables of regulation: what was tried, who is banned, and counters of attempts. */
import type { Generated } from 'kysely';

export type RegulationTables = {
  sign_in_attempts: {
    /** Rises with each row: the order of attempts within one millisecond. */
    id: Generated<number>;
    at_ms: number;
    /** `banned`: refused because a ban was in force. `pardoned`: an administrator took a ban back. */
    outcome: 'success' | 'failure' | 'banned' | 'pardoned';
    /** Canonical name; or what `unknown-names.ts` makes of one that the directory does not know, empty where none was typed. */
    username: string;
    address: string;
    /** What the address counts as: itself, or for IPv6 its /64. */
    network: string;
    /** What was tried. A pardon stands for both. */
    factor: 'first' | 'second';
  };
  bans: {
    id: string;
    /** `nobody`: a name that no directory knows. Nobody is kept out by it, and it costs what a ban costs. */
    kind: 'user' | 'ip' | 'nobody';
    /** Canonical name; or an address, for IPv6 its /64; or what `unknown-names.ts` makes of a name. */
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
