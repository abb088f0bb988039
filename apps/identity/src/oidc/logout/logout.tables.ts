/** The durable tables of leaving: what applications got in a portal session, and who is still to be told that it ended. */

export type LogoutTables = {
  /** The engine's sessions that followed a portal session. */
  provider_sessions: { portal_session_id: string; issuer: string; uid: string };
  /** Applications that want to be told when a portal session ends. */
  session_applications: { portal_session_id: string; issuer: string; client_id: string; subject: string; sid: string };
  logout_notices: {
    /** Also the token's `jti`, at every attempt. */
    id: string;
    issuer: string;
    client_id: string;
    subject: string;
    sid: string;
    created_at_ms: number;
    attempts: number;
    /** Whoever moves this from the value it read has the notice until the new one. */
    next_attempt_ms: number;
  };
};
