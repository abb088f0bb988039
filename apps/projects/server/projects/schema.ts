/** The tables of projects as the database keeps them. Times are milliseconds since 1970, truths are 0 or 1. */
import { marked } from '@gatehouse/words/say.ts';
import type { Generated, Selectable } from 'kysely';
import type { ReportType, StatusTone, Visibility } from '../../wire/project.ts';
import type { ProjectRole } from '../../wire/roles.ts';

export type ProjectTables = {
  projects: {
    id: string;
    key: string;
    name: string;
    description: string;
    /** Kept while it is in the trash, so that it comes back as it was. */
    state: 'open' | 'archived';
    deleted_at: Generated<number | null>;
    deleted_by: Generated<string | null>;
    /** Set once somebody ended it for good: its rows are being cleared away, and nobody sees it anywhere. */
    purged_at: Generated<number | null>;
    visibility: Visibility;
    /** The company it is for. */
    client_id: string | null;
    /** Days; null when nobody said. */
    starts_on: string | null;
    ends_on: string | null;
    /** The number that the next to-do gets. */
    next_number: number;
    /** Another one after every change of what progress is added up from; null before the first. Triggers set it. */
    progress_stamp: Generated<string | null>;
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
    /** How many cards should stand in it at most; null for no limit. */
    wip_limit: number | null;
    on_board: 0 | 1;
  };
  project_members: {
    project_id: string;
    person_id: string;
    /** Null inherits the role of the workspace. */
    role: ProjectRole | null;
    /** A group of the provider takes back only what it gave. */
    given_by: Generated<'person' | 'group'>;
    created_at: number;
  };
  /** Whom a person took out, while their groups may still name the project. */
  kept_out: { project_id: string; person_id: string };
};

export type ProjectRow = Selectable<ProjectTables['projects']>;

/** What every new project begins with (Leantime's default columns and what they count as), in the language of its maker. */
export const defaultStatuses: readonly { name: string; reportType: ReportType; tone: StatusTone }[] = [
  { name: marked('New'), reportType: 'new', tone: 'grey' },
  { name: marked('Blocked'), reportType: 'in_progress', tone: 'red' },
  { name: marked('In progress'), reportType: 'in_progress', tone: 'accent' },
  { name: marked('Waiting for approval'), reportType: 'in_progress', tone: 'amber' },
  { name: marked('Done'), reportType: 'done', tone: 'green' },
];
