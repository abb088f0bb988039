/** The cards of a column that a board does not begin with. */
import { z } from 'zod';
import { id } from './fields.ts';
import type { Card } from './to-do.ts';

export const moreCardsMax = 500;
/** `max` is how many at most; without it a piece that is read at a glance. */
export const moreCardsQuery = z.strictObject({
  statusId: id,
  afterRank: z.string().max(200),
  max: z.coerce.number().int().min(1).max(moreCardsMax).optional(),
});
export type MoreCardsQuery = z.infer<typeof moreCardsQuery>;

export type MoreCardsAnswer = { readonly cards: readonly Card[] };
