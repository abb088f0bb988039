/** The durable table of pushes: on which of their devices somebody wants to be asked, and how. The devices are Duo's. */

export type PushTables = {
  push_devices: {
    /** Canonical name from the directory. */
    username: string;
    /** Duo's name of it. */
    device: string;
    /** As its owner knows it. */
    name: string;
    /** As Authelia calls them: `push`, `phone`, `sms`, `mobile_otp`. */
    method: string;
    chosen_at_ms: number;
    last_used_at_ms: number | null;
  };
};
