/** What somebody plans for a day: to-dos at hours, as the API shows and takes them. Theirs alone. */
import { z } from 'zod';
import type { Day } from './days.ts';
import { creationKey, day } from './fields.ts';
import { projectKey } from './project.ts';

export const dayMinutes = 1_440;
/** Everything begins and ends on a multiple of this. */
export const stepMinutes = 5;
export const blockMinutesMin = 5;
/** On one day. */
export const blocksMax = 50;

/** An hour of a day belongs to the clock on the wall, wherever that is: it is no instant. */
export type DayBlock = {
  readonly id: string;
  readonly day: Day;
  /** Since midnight. */
  readonly startMinute: number;
  readonly minutes: number;
  readonly projectKey: string;
  readonly projectName: string;
  readonly number: number;
  readonly title: string;
  readonly statusId: string;
  readonly isDone: boolean;
};

const minute = (min: number, max: number): z.ZodType<number> =>
  z.int().min(min).max(max).multipleOf(stepMinutes, `Minutes go in steps of ${stepMinutes}.`);
const span = {
  day,
  startMinute: minute(0, dayMinutes - blockMinutesMin),
  minutes: minute(blockMinutesMin, dayMinutes),
};

export const planBlockRequest = z.strictObject({ creationKey, projectKey, number: z.int().min(1), ...span });
export type PlanBlockRequest = z.infer<typeof planBlockRequest>;

export const changeBlockRequest = z
  .strictObject(span)
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'Say at least one thing to change.');
export type ChangeBlockRequest = z.infer<typeof changeBlockRequest>;

export const dayPlanQuery = z.strictObject({ day });

export type DayPlanAnswer = { readonly blocks: readonly DayBlock[] };
export type DayBlockAnswer = { readonly block: DayBlock };
