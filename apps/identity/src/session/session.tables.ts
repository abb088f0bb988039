/** The durable table of the sessions: who is signed in, so that a session can be found without its cookie. */

export type SessionTables = {
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
};
