/** The durable tables of the sessions: who is signed in, so that a session can be found without its cookie, and from where before. */

import type { ShutOutReason } from './session-register.ts';

export type SessionTables = {
  /** Since 0019. */
  shut_outs: { username: string; at_ms: number; reason: ShutOutReason };
  portal_sessions: {
    /** The session's public id, never its secret. */
    id: string;
    username: string;
    cookie_domain: string;
    created_at_ms: number;
    /** When to look whether it still lives. 0: now. */
    look_at_ms: number;
    /** 1 while applications want to be told of its end: it is looked at more often. */
    watched: number;
    /** Decided, whether or not everything that follows from it is done. */
    end_reason: string | null;
    /** Where it began, roughly: `coarseNetworkOf` an address. */
    network: string | null;
    /** What the browser called itself then, cut short. */
    user_agent: string | null;
  };
  /** One row for each place from which a person signed in. */
  known_places: {
    username: string;
    /** Of person, network and browser, under a key: the row alone tells nobody where somebody is. */
    digest: string;
    used_at_ms: number;
    /** When its owner had been told, or there was nothing to tell; until then it is new. */
    told_at_ms: number | null;
    /** Somebody is about to tell; past that time they failed. 0: nobody is. */
    telling_until_ms: number;
  };
  /** Who has signed in from anywhere. */
  place_owners: { username: string };
};
