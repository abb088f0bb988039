/** Rows of milestones as the API shows them. Pure. */
import type { Milestone, Progress, TimelineToDo } from '../../wire/milestone.ts';
import type { Counted } from '../to-dos/counted.ts';
import type { MilestoneTables } from './schema.ts';

/** A milestone with the name of its owner, null when there is none or they are gone. */
export type MilestoneRow = MilestoneTables['milestones'] & { readonly owner_name: string | null };

const nothing: Progress = { toDos: 0, done: 0, share: null };

export function presentProgress(row: Counted | undefined): Progress {
  if (!row) return nothing;
  const { to_dos: toDos, done, weight, weight_done } = row;
  if (toDos === done) return { toDos, done, share: 1 };
  return { toDos, done, share: weight > 0 ? weight_done / weight : null };
}

export function presentMilestone(row: MilestoneRow, dependsOnIds: readonly string[], progress: Progress): Milestone {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    tone: row.tone,
    status: row.status,
    owner: row.owner_id === null || row.owner_name === null ? null : { id: row.owner_id, name: row.owner_name },
    startOn: row.start_on,
    endOn: row.end_on,
    dependsOnIds,
    progress,
    version: row.version,
  };
}

export type TimelineRow = {
  readonly number: number;
  readonly title: string;
  readonly milestone_id: string | null;
  readonly work_start_on: string | null;
  readonly work_end_on: string | null;
  readonly completed_at: number | null;
  readonly version: number;
};

/** A to-do with one work day alone is worked on that day. */
export function presentTimelineToDo(row: TimelineRow): TimelineToDo {
  const first = row.work_start_on ?? row.work_end_on ?? '';
  return {
    number: row.number,
    title: row.title,
    milestoneId: row.milestone_id,
    workStartOn: first,
    workEndOn: row.work_end_on ?? first,
    done: row.completed_at !== null,
    version: row.version,
  };
}
