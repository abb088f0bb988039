/** The table of what people prefer: a row for each thing that somebody chose. */
export type PreferenceTables = {
  preferences: {
    person_id: string;
    key: string;
    /** JSON. */
    value: string;
    updated_at: number;
  };
};
