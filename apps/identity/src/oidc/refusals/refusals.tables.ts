/** What was refused, and the flows that stopped on the way: a bounded record for whoever runs the portal. */

export type RefusalTables = {
  oidc_refusals: {
    /** What a person is shown and an administrator looks for. */
    reference: string;
    /** Rows of one bucket share a limit: the client's id, or empty for all clients that are not known here. */
    bucket: string;
    /** As it was sent, cut and without control characters. */
    client_id: string;
    cause: string;
    times: number;
    first_at_ms: number;
    last_at_ms: number;
    /** JSON: the rest of a `Refusal`. */
    details: string;
  };
};
