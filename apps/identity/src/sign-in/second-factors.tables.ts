/** The durable table of what people prefer among their second factors. */

export type PreferenceTables = {
  factor_preferences: {
    /** Canonical name from the directory. */
    username: string;
    /** As Authelia calls them: `totp`, `webauthn`, `mobile_push`. */
    method: string;
  };
};
