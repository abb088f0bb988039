/** Field rules that several requests share. Knows shapes only, never whether a thing exists. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { isDay } from './days.ts';

// NUL cannot be stored by PostgreSQL; the other control characters have no business in a title.
const controlCharacters = /\p{Cc}/u;
/** Turn the words around them: “Pay 100” would read as something else (Unicode TR 36, 3.3.2). Single marks are harmless. */
const turningCharacters = /[\u202A-\u202E\u2066-\u2069]/;
/** Neither space, nor mark upon nothing, nor one of those that are drawn as nothing. */
const visibleCharacter = /[^\p{Z}\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

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
    .min(1, marked('Write at least one character.'))
    .max(max, marked('At most {max} characters.'))
    .refine(
      (text) => text === '' || visibleCharacter.test(text),
      marked('Write at least one character that can be seen.'),
    )
    .refine(
      (text) => !controlCharacters.test(text) && text.isWellFormed(),
      marked('Line breaks and control characters do not belong here.'),
    )
    .refine(
      (text) => !turningCharacters.test(text),
      marked('Characters that turn the direction of words around do not belong here.'),
    );

export const prose = (max: number): z.ZodType<string> =>
  z
    .string()
    .max(max, marked('At most {max} characters.'))
    .refine((text) => !text.includes('\u0000') && text.isWellFormed(), marked('A character in it cannot be kept.'));

export const day = z.string().refine(isDay, marked('A day is written like 2026-11-23, from 1970 to 9998.'));
/** Ours have letters, digits and hyphens; what holds a sign that no id has is not looked for. */
export const id = z
  .string()
  .max(64)
  .regex(/^[\x21-\x7e]+$/, marked('This is no id.'));
export const version = z.int().min(1);
/** Hours with at most two decimals. */
export const hours = z
  .number()
  .min(0, marked('Hours are not negative.'))
  .max(9_999, marked('At most 9999 hours.'))
  .refine((value) => Number.isInteger(Math.round(value * 1e6) / 1e4), marked('Hours have at most two decimals.'));

/** Chosen by the client once for each thing it creates: sent again with the same key, the first answer comes back. */
export const creationKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, marked('A creation key has 16 to 64 letters or digits.'));
