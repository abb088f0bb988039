/** The tables of projects as the database keeps them. Times are milliseconds since 1970, truths are 0 or 1. */
import type { ReportType, StatusTone } from '../../wire/project.ts';
import type { ProjectRole } from '../../wire/roles.ts';

export type ProjectTables = {
  projects: {
    id: string;
    key: string;
    name: string;
    description: string;
    state: 'open' | 'archived';
    visibility: 'restricted' | 'all';
    /** The number that the next to-do gets. */
    next_number: number;
    version: number;
    created_by: string;
    creation_key: string;
    created_at: number;
    updated_at: number;
  };
  project_statuses: {
    id: string;
    project_id: string;
    name: string;
    report_type: ReportType;
    tone: StatusTone;
    position: number;
  };
  project_members: {
    project_id: string;
    person_id: string;
    /** Null inherits the role of the workspace. */
    role: ProjectRole | null;
    created_at: number;
  };
};

/** What every new project begins with (Leantime's default columns and what they count as). */
export const defaultStatuses: readonly { name: string; reportType: ReportType; tone: StatusTone }[] = [
  { name: 'New', reportType: 'new', tone: 'grey' },
  { name: 'Blocked', reportType: 'in_progress', tone: 'red' },
  { name: 'In progress', reportType: 'in_progress', tone: 'accent' },
  { name: 'Waiting for approval', reportType: 'in_progress', tone: 'amber' },
  { name: 'Done', reportType: 'done', tone: 'green' },
];
