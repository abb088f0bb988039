/** The tables of the overview as the database keeps them. Times are milliseconds. */
import type { Light } from '../../wire/overview.ts';

export type OverviewTables = {
  status_updates: {
    id: string;
    project_id: string;
    person_id: string;
    light: Light;
    text: string;
    creation_key: string;
    at: number;
  };
  project_favourites: { person_id: string; project_id: string; created_at: number };
};
