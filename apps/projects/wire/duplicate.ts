/** A project made of another one here: what comes along, and when it is to happen. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { creationKey, lengths, oneLine } from './fields.ts';
import { projectKey } from './project.ts';

/** Ten years. */
export const shiftDaysMax = 3_660;

export const duplicateProjectRequest = z.strictObject({
  creationKey,
  name: oneLine(lengths.name),
  /** Default: one made of the name. */
  key: projectKey.optional(),
  /** Members, who each to-do is given to and who watches it, owners of milestones and goals. */
  withPeople: z.boolean(),
  withComments: z.boolean(),
  withFiles: z.boolean(),
  /** Every day moves by as many. */
  shiftDays: z
    .int()
    .min(-shiftDaysMax, marked('At most ten years back.'))
    .max(shiftDaysMax, marked('At most ten years on.')),
});
export type DuplicateProjectRequest = z.infer<typeof duplicateProjectRequest>;

export type ProjectDuplicated = { readonly key: string };
