/** The table of sprints as the database keeps it. Days are text `YYYY-MM-DD`, times milliseconds. */
export type SprintTables = {
  sprints: {
    id: string;
    project_id: string;
    name: string;
    aim: string;
    start_on: string;
    end_on: string;
    /** When somebody closed it; null while it is open. */
    closed_at: number | null;
    version: number;
    created_by: string;
    creation_key: string;
    created_at: number;
    updated_at: number;
  };
};
