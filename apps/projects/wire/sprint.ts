/** Sprints, the backlog and the burndown, as the API shows and takes them. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import type { Day } from './days.ts';
import { creationKey, day, id, lengths, oneLine, prose, version } from './fields.ts';
import type { Card } from './to-do.ts';

export const sprintsMax = 500;
export const movesMax = 200;

/** How much there is and how much of it is done. A to-do without effort counts as none of it. */
export type SprintTotals = {
  readonly toDos: number;
  readonly done: number;
  readonly effort: number;
  readonly effortDone: number;
};

export type Sprint = {
  readonly id: string;
  readonly name: string;
  readonly aim: string;
  readonly startOn: Day;
  readonly endOn: Day;
  /** ISO 8601, UTC; null while it is open. */
  readonly closedAt: string | null;
  readonly totals: SprintTotals;
  readonly version: number;
};

export type SprintsAnswer = {
  readonly sprints: readonly Sprint[];
  /** The open to-dos that are in no sprint. */
  readonly backlog: SprintTotals;
  readonly may: { readonly edit: boolean };
};
export type SprintAnswer = { readonly sprint: Sprint };

/** A card in a sprint or the backlog, with what planning asks of it. */
export type PlannedCard = Card & { readonly done: boolean };
export type SprintCardsAnswer = { readonly cards: readonly PlannedCard[]; readonly more: boolean };

/** What was left after something changed; in order of time. Days are cut where the reader's own clock cuts them. */
export type BurndownPoint = { readonly at: string; readonly toDos: number; readonly effort: number };
export type BurndownAnswer = { readonly points: readonly BurndownPoint[] };

const ordered = (body: { startOn?: string | undefined; endOn?: string | undefined }): boolean =>
  body.startOn === undefined || body.endOn === undefined || body.startOn <= body.endOn;
const orderedMessage = { message: marked('The end is before the start.'), path: ['endOn'] };

export const createSprintRequest = z
  .strictObject({
    creationKey,
    name: oneLine(lengths.name),
    aim: prose(500).optional(),
    startOn: day,
    endOn: day,
  })
  .refine(ordered, orderedMessage);
export type CreateSprintRequest = z.infer<typeof createSprintRequest>;

export const editSprintRequest = z
  .strictObject({
    version,
    name: oneLine(lengths.name).optional(),
    aim: prose(500).optional(),
    startOn: day.optional(),
    endOn: day.optional(),
  })
  .refine(ordered, orderedMessage)
  .refine((body) => Object.keys(body).length > 1, marked('Say at least one thing to change.'));
export type EditSprintRequest = z.infer<typeof editSprintRequest>;

export const deleteSprintRequest = z.strictObject({ version });

/** Closes a sprint; its open to-dos stay, go to the backlog (null) or to another open sprint. */
export const closeSprintRequest = z.strictObject({
  version,
  openToDos: z.union([
    z.strictObject({ to: z.literal('stay') }),
    z.strictObject({ to: z.literal('sprint'), sprintId: id.nullable() }),
  ]),
});
export type CloseSprintRequest = z.infer<typeof closeSprintRequest>;

/** Puts many to-dos into a sprint at once, or back into the backlog when `sprintId` is null. */
export const planToDosRequest = z.strictObject({
  numbers: z
    .array(z.int().min(1))
    .min(1, marked('Choose at least one to-do.'))
    .max(movesMax, marked('At most {max} at once.')),
  sprintId: id.nullable(),
});
export type PlanToDosRequest = z.infer<typeof planToDosRequest>;
/** `moved` is what was elsewhere before, so that it can be put back. */
export type PlanToDosAnswer = {
  readonly moved: readonly { readonly number: number; readonly fromSprintId: string | null }[];
};

export const sprintCardsQuery = z.strictObject({
  afterRank: z.string().max(200).optional(),
  /** Leaves out what is a part of another to-do. */
  subtasks: z.literal('hidden').optional(),
});
export type SprintCardsQuery = z.infer<typeof sprintCardsQuery>;
