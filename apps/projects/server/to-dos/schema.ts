/** The tables of to-dos as the database keeps them. A due day is text `YYYY-MM-DD`; other times are milliseconds. */
import type { HistoryField, Priority } from '../../wire/to-do.ts';

export type ToDoTables = {
  to_dos: {
    id: string;
    project_id: string;
    number: number;
    title: string;
    description: string;
    status_id: string;
    due_on: string | null;
    priority: Priority | null;
    /** Fractional index, unique in the project, compared byte by byte. */
    rank: string;
    version: number;
    created_by: string;
    creation_key: string;
    created_at: number;
    updated_at: number;
    /** When it came to a status that counts as done; null while it is open. */
    completed_at: number | null;
  };
  to_do_assignees: { to_do_id: string; person_id: string };
  to_do_history: {
    id: string;
    to_do_id: string;
    person_id: string;
    field: HistoryField;
    /** Raw values: ids for a status, a JSON list of ids for assignees, the text itself otherwise. */
    old_value: string | null;
    new_value: string | null;
    at: number;
  };
};
