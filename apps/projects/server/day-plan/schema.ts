/** The table of what people plan for their days. A day is text `YYYY-MM-DD`, minutes count from its midnight. */
export type DayPlanTables = {
  day_plan: {
    id: string;
    person_id: string;
    to_do_id: string;
    day: string;
    start_minute: number;
    minutes: number;
    creation_key: string;
    /** How often it was changed: what calendars tell a newer state by. */
    changes: number;
    updated_at: number;
  };
};
