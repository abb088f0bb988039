/** Field rules that several requests share. Knows shapes only, never whether a thing exists. */
import { z } from 'zod';
import { isDay } from './days.ts';

// NUL cannot be stored by PostgreSQL; the other control characters have no business in a title.
const controlCharacters = /\p{Cc}/u;

export const lengths = {
  title: 250,
  description: 20_000,
  name: 100,
  assignees: 20,
  tag: 50,
  tags: 20,
  comment: 10_000,
} as const;

export const oneLine = (max: number): z.ZodType<string> =>
  z
    .string()
    .trim()
    .min(1, 'Write at least one character.')
    .max(max, `At most ${max} characters.`)
    .refine(
      (text) => !controlCharacters.test(text) && text.isWellFormed(),
      'Line breaks and control characters do not belong here.',
    );

export const prose = (max: number): z.ZodType<string> =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    .refine((text) => !text.includes('\u0000') && text.isWellFormed(), 'A character in it cannot be kept.');

export const day = z.string().refine(isDay, 'A day is written like 2026-11-23.');
export const id = z.string().min(1).max(64);
export const version = z.int().min(1);
/** Hours with at most two decimals. */
export const hours = z
  .number()
  .min(0, 'Hours are not negative.')
  .max(9_999, 'At most 9999 hours.')
  .refine((value) => Number.isInteger(Math.round(value * 1e6) / 1e4), 'Hours have at most two decimals.');

/** Chosen by the client once for each thing it creates: sent again with the same key, the first answer comes back. */
export const creationKey = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, 'A creation key has 16 to 64 letters or digits.');
