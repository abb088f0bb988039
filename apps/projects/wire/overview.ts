/** The overview of a project, as the API shows it, and what people say about how it is doing. */
import { z } from 'zod';
import type { ChangeKind } from './change.ts';
import type { Day } from './days.ts';
import { creationKey, day, prose } from './fields.ts';
import type { Goal } from './goal.ts';
import type { PersonRef } from './me.ts';
import type { Milestone } from './milestone.ts';
import type { Card, HistoryField } from './to-do.ts';

export const lights = ['green', 'yellow', 'red'] as const;
/** How a project is doing, as people say it. */
export type Light = (typeof lights)[number];

export const updateTextMax = 5_000;

export type StatusUpdate = {
  readonly id: string;
  readonly light: Light;
  readonly text: string;
  readonly by: PersonRef;
  /** ISO 8601, UTC. */
  readonly at: string;
};

export type ProjectProgress = {
  readonly toDos: number;
  readonly done: number;
  /** Cards, in which their subtasks have an equal part. Weighed by effort, a missing effort counting as the average; by number when no effort is given. Null without to-dos. */
  readonly share: number | null;
  /** When it would be done if it goes on at this pace; null below ten done to-dos, and when all is done. */
  readonly endsOn: Day | null;
};

export type ActivityAct = {
  readonly kind: ChangeKind;
  /** Which fields of a to-do were changed. */
  readonly fields: readonly HistoryField[];
  /** The name of the column that a to-do came to. */
  readonly toStatus: string | null;
};

/** What somebody did in one go: several things to one to-do, or one thing to several. */
export type Activity = {
  readonly id: string;
  readonly by: PersonRef | null;
  /** When the last of it was done; ISO 8601, UTC. */
  readonly at: string;
  /** One at least, in the order in which they were done. */
  readonly acts: readonly ActivityAct[];
  /** The latest first; none where it was about something else. */
  readonly toDos: readonly Pick<Card, 'number' | 'title'>[];
  /** Of what is no to-do. */
  readonly title: string | null;
};

export type OverviewAnswer = {
  readonly progress: ProjectProgress;
  readonly late: { readonly count: number; readonly cards: readonly Card[] };
  readonly updates: readonly StatusUpdate[];
  readonly milestones: readonly Milestone[];
  readonly goals: readonly Goal[];
  readonly activity: readonly Activity[];
  readonly may: { readonly addUpdate: boolean; readonly editMilestone: boolean; readonly editGoal: boolean };
};

export type StatusUpdatesAnswer = { readonly updates: readonly StatusUpdate[] };
export type StatusUpdateAnswer = { readonly update: StatusUpdate };

/** The viewer's own today: only their clock knows what is late. */
export const overviewQuery = z.strictObject({ today: day });

export const addStatusUpdateRequest = z.strictObject({
  creationKey,
  light: z.enum(lights),
  text: prose(updateTextMax),
});
export type AddStatusUpdateRequest = z.infer<typeof addStatusUpdateRequest>;
