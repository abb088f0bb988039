/** The table of companies as the database keeps it. */

export type ClientTables = {
  clients: {
    id: string;
    name: string;
    /** The name as it is compared: NFC, lower case. */
    name_key: string;
    note: string;
    version: number;
    creation_key: string;
    created_at: number;
  };
};
