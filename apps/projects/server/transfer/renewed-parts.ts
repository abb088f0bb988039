/**
 * The parts of a project as another one begins with them: what is still to be done, as if it had been planned now, its days
 * moved. What was done, said about the project or measured stays behind. Pure.
 */
import { addDays, isDay } from '../../wire/days.ts';
import type { Viewer } from '../projects/policy.ts';
import type { Parts } from './project-parts.ts';

export type Renewal = {
  /** Who begins it; its planner from now on. */
  readonly viewer: Viewer;
  readonly now: number;
  readonly withPeople: boolean;
  readonly withComments: boolean;
  readonly withFiles: boolean;
  readonly shiftDays: number;
};

type ProjectDays = { readonly starts_on: string | null; readonly ends_on: string | null };

/** Undefined when a day would fall out of the calendar. */
export function renewParts(
  parts: Parts,
  days: ProjectDays,
  renewal: Renewal,
): (Parts & { days: ProjectDays }) | undefined {
  const { viewer, now, withPeople, withComments, withFiles, shiftDays } = renewal;
  let isWithin = true;
  function shift<T extends string | null>(day: T): T {
    if (day === null || shiftDays === 0) return day;
    const shifted = addDays(day, shiftDays);
    isWithin &&= isDay(shifted);
    return shifted as T;
  }
  const none = new Map<string, never[]>();
  const made = { created_by: viewer.id, created_at: now, updated_at: now };
  const owner = (id: string | null): string | null => (withPeople ? id : null);

  const doneIds = new Set(parts.statuses.filter(({ report_type }) => report_type === 'done').map(({ id }) => id));
  const open = parts.toDos.filter(({ status_id }) => !doneIds.has(status_id));
  const openIds = new Set(open.map(({ id }) => id));
  const numbers = new Map(open.toSorted((a, b) => a.number - b.number).map(({ id }, index) => [id, index + 1]));
  const sprints = parts.sprints.filter(({ closed_at }) => closed_at === null);
  const sprintIds = new Set(sprints.map(({ id }) => id));

  const renewed = {
    ...parts,
    days: { starts_on: shift(days.starts_on), ends_on: shift(days.ends_on) },
    members: withPeople ? parts.members : [],
    milestones: parts.milestones.map((each) => ({
      ...each,
      ...made,
      status: 'planned' as const,
      owner_id: owner(each.owner_id),
      start_on: shift(each.start_on),
      end_on: shift(each.end_on),
    })),
    sprints: sprints.map((each) => ({
      ...each,
      ...made,
      start_on: shift(each.start_on),
      end_on: shift(each.end_on),
    })),
    goals: parts.goals.map((each) => ({
      ...each,
      ...made,
      status: 'on_track' as const,
      current_value: each.start_value,
      owner_id: owner(each.owner_id),
      start_on: shift(each.start_on),
      end_on: shift(each.end_on),
    })),
    // A goal has its first value from the start.
    goalValues: new Map(
      parts.goals.map(({ id, start_value }) => {
        const first = { id, goal_id: id, value: start_value, status: 'on_track' as const, note: '' };
        return [id, [{ ...first, person_id: viewer.id, creation_key: '', at: now }]];
      }),
    ),
    updates: [],
    toDos: open.map((each) => ({
      ...each,
      ...made,
      number: numbers.get(each.id) ?? 0,
      // A part of what is done stands for itself.
      parent_id: each.parent_id !== null && openIds.has(each.parent_id) ? each.parent_id : null,
      sprint_id: each.sprint_id !== null && sprintIds.has(each.sprint_id) ? each.sprint_id : null,
      due_on: shift(each.due_on),
      work_start_on: shift(each.work_start_on),
      work_end_on: shift(each.work_end_on),
      completed_at: null,
    })),
    assignees: withPeople ? parts.assignees : none,
    watchers: withPeople ? parts.watchers : none,
    comments: withComments ? parts.comments : none,
    filesOf: withFiles ? parts.filesOf : none,
    files: withFiles ? parts.files.filter(({ to_do_id }) => to_do_id === null || openIds.has(to_do_id)) : [],
  };
  return isWithin ? renewed : undefined;
}
