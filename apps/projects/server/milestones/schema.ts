/** The tables of milestones as the database keeps them. Days are text `YYYY-MM-DD`, times milliseconds. */
import type { MilestoneStatus } from '../../wire/milestone.ts';
import type { StatusTone } from '../../wire/project.ts';

export type MilestoneTables = {
  milestones: {
    id: string;
    project_id: string;
    title: string;
    description: string;
    tone: StatusTone;
    status: MilestoneStatus;
    owner_id: string | null;
    /** Both days are set, or neither. */
    start_on: string | null;
    end_on: string | null;
    /** Fractional index, unique in the project, compared byte by byte. */
    rank: string;
    version: number;
    created_by: string;
    creation_key: string;
    created_at: number;
    updated_at: number;
  };
  milestone_dependencies: { milestone_id: string; depends_on_id: string };
};
