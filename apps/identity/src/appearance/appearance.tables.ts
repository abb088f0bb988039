/** The durable table of what people chose about how the portal looks and speaks to them. */

export type AppearanceTables = {
  appearances: {
    /** Canonical name from the directory. */
    username: string;
    /** Tag (BCP 47); null: as the browser asks. */
    language: string | null;
    /** Null: as the administrator has set. */
    theme: string | null;
    /** 1: letters that are easier to tell apart. */
    legible: number;
  };
};
