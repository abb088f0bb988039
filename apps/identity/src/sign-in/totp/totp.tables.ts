/** The durable tables of the one-time code. */

export type TotpTables = {
  one_time_code_factors: {
    /** Canonical name from the directory. */
    username: string;
    /** New at each enrolment, so that a spent step of an earlier secret does not count for the new one. */
    factor_id: string;
    created_at_ms: number;
    issuer: string;
    algorithm: string;
    digits: number;
    period_seconds: number;
    /** The shared secret, sealed at (`one_time_code_factors`, `secret`, factor id). */
    secret: Uint8Array;
  };
  totp_used_steps: {
    factor_id: string;
    /** RFC 6238 section 4.2: T, the number of the time step. */
    step: number;
    used_at_ms: number;
  };
};
