/** Milestones and the timeline, as the API shows and takes them. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import type { Day } from './days.ts';
import { creationKey, day, id, lengths, oneLine, prose, version } from './fields.ts';
import type { PersonRef } from './me.ts';
import { type StatusTone, statusTones } from './project.ts';

export const milestoneStatuses = ['planned', 'active', 'done'] as const;
export type MilestoneStatus = (typeof milestoneStatuses)[number];

/** At most so many in one project, so that one answer can hold them all. */
export const milestonesMax = 500;
export const dependenciesMax = 20;

/**
 * How far something is. The share weighs each card by effort and priority, in which its subtasks have an equal part; null
 * while there is nothing to weigh. The numbers are of to-dos, subtasks among them.
 */
export type Progress = { readonly toDos: number; readonly done: number; readonly share: number | null };

export type Milestone = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tone: StatusTone;
  readonly status: MilestoneStatus;
  readonly owner: PersonRef | null;
  /** Both days are there, or neither. */
  readonly startOn: Day | null;
  readonly endOn: Day | null;
  /** The milestones that should end before this one starts. */
  readonly dependsOnIds: readonly string[];
  readonly progress: Progress;
  readonly version: number;
};

export type MilestonesAnswer = {
  readonly milestones: readonly Milestone[];
  readonly may: { readonly edit: boolean };
};
export type MilestoneAnswer = { readonly milestone: Milestone };

/** A to-do with work days, as a line on the timeline. */
export type TimelineToDo = {
  readonly number: number;
  readonly title: string;
  readonly milestoneId: string | null;
  readonly workStartOn: Day;
  readonly workEndOn: Day;
  readonly done: boolean;
  readonly version: number;
};

export type TimelineAnswer = MilestonesAnswer & {
  readonly toDos: readonly TimelineToDo[];
  /** More to-dos have work days than the answer holds. */
  readonly more: boolean;
  readonly mayEditToDo: boolean;
};

/** One line of the overview across projects. */
export type ProjectMilestone = Milestone & { readonly projectKey: string; readonly projectName: string };
export type AllMilestonesAnswer = { readonly milestones: readonly ProjectMilestone[]; readonly more: boolean };

const days = { startOn: day.nullable().optional(), endOn: day.nullable().optional() };
const dependsOnIds = z.array(id).max(dependenciesMax, marked('At most {max} milestones.'));

export const createMilestoneRequest = z.strictObject({
  creationKey,
  title: oneLine(lengths.title),
  description: prose(lengths.description).optional(),
  tone: z.enum(statusTones).optional(),
  status: z.enum(milestoneStatuses).optional(),
  ownerId: id.nullable().optional(),
  ...days,
  dependsOnIds: dependsOnIds.optional(),
});
export type CreateMilestoneRequest = z.infer<typeof createMilestoneRequest>;

export const editMilestoneRequest = z
  .strictObject({
    version,
    title: oneLine(lengths.title).optional(),
    description: prose(lengths.description).optional(),
    tone: z.enum(statusTones).optional(),
    status: z.enum(milestoneStatuses).optional(),
    ownerId: id.nullable().optional(),
    ...days,
    dependsOnIds: dependsOnIds.optional(),
  })
  .refine((body) => Object.keys(body).length > 1, marked('Say at least one thing to change.'));
export type EditMilestoneRequest = z.infer<typeof editMilestoneRequest>;

/** Puts a milestone right after another one, or first when `afterId` is null. */
export const moveMilestoneRequest = z.strictObject({ afterId: id.nullable() });
export type MoveMilestoneRequest = z.infer<typeof moveMilestoneRequest>;

export const deleteMilestoneRequest = z.strictObject({ version });
