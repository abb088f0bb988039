/** Goals and their values, as the API shows and takes them, and how far a value is on its way. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import type { Day } from './days.ts';
import { creationKey, day, id, lengths, oneLine, prose, version } from './fields.ts';
import type { PersonRef } from './me.ts';
import type { Progress } from './milestone.ts';

export const goalUnits = ['number', 'percent', 'currency'] as const;
export type GoalUnit = (typeof goalUnits)[number];

export const goalStatuses = ['on_track', 'at_risk', 'missed'] as const;
export type GoalStatus = (typeof goalStatuses)[number];

export const goalsMax = 200;
export const goalMilestonesMax = 50;
export const checkInNoteMax = 2_000;

export type GoalMilestone = { readonly id: string; readonly title: string; readonly progress: Progress };

export type Goal = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What is measured, in words: “Visitors a week”. */
  readonly metric: string;
  readonly unit: GoalUnit;
  /** ISO 4217, when the unit is a currency. */
  readonly currency: string | null;
  readonly startValue: number;
  readonly currentValue: number;
  readonly targetValue: number;
  readonly status: GoalStatus;
  readonly owner: PersonRef | null;
  readonly startOn: Day | null;
  readonly endOn: Day | null;
  readonly milestones: readonly GoalMilestone[];
  readonly version: number;
};

export type GoalValue = {
  readonly value: number;
  readonly status: GoalStatus;
  readonly note: string;
  readonly by: PersonRef;
  /** ISO 8601, UTC. */
  readonly at: string;
};

export type GoalsAnswer = { readonly goals: readonly Goal[]; readonly may: { readonly edit: boolean } };
export type GoalAnswer = { readonly goal: Goal };
export type GoalValuesAnswer = { readonly values: readonly GoalValue[] };

type Course = Pick<Goal, 'startValue' | 'currentValue' | 'targetValue'>;

/**
 * How much of the way from start to target is done, 0 to 1. The same division serves values that should rise and values
 * that should fall: both differences change their sign. Beyond the target is 1; on the wrong side of the start is 0.
 */
export function shareOfGoal({ startValue, currentValue, targetValue }: Course): number {
  const share = (currentValue - startValue) / (targetValue - startValue);
  return Math.min(1, Math.max(0, share));
}

/** Whether the value is worse than where it began. */
export function isBehindStart({ startValue, currentValue, targetValue }: Course): boolean {
  return (currentValue - startValue) * (targetValue - startValue) < 0;
}

const value = z
  .number()
  .refine((number) => Number.isFinite(number) && Math.abs(number) <= 1e12, marked('A number between −10¹² and 10¹².'));
const milestoneIds = z.array(id).max(goalMilestonesMax, marked('At most {max} milestones.'));
const currency = z.string().regex(/^[A-Z]{3}$/, marked('A currency is three capital letters, like EUR.'));

const fields = {
  title: oneLine(lengths.title),
  description: prose(lengths.description).optional(),
  metric: oneLine(lengths.name),
  unit: z.enum(goalUnits),
  currency: currency.nullable().optional(),
  startValue: value,
  targetValue: value,
  ownerId: id.nullable().optional(),
  startOn: day.nullable().optional(),
  endOn: day.nullable().optional(),
  milestoneIds: milestoneIds.optional(),
};

export const createGoalRequest = z.strictObject({ creationKey, ...fields });
export type CreateGoalRequest = z.infer<typeof createGoalRequest>;

export const editGoalRequest = z
  .strictObject({ version, ...fields })
  .partial()
  .required({ version: true })
  .refine((body) => Object.keys(body).length > 1, marked('Say at least one thing to change.'));
export type EditGoalRequest = z.infer<typeof editGoalRequest>;

/** Says where a goal stands now: a value, how it looks, and why. */
export const checkInRequest = z.strictObject({
  creationKey,
  value,
  status: z.enum(goalStatuses),
  note: prose(checkInNoteMax).optional(),
});
export type CheckInRequest = z.infer<typeof checkInRequest>;

export const deleteGoalRequest = z.strictObject({ version });
