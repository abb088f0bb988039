/** Tags of a project, as the API shows and takes them. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { lengths, oneLine } from './fields.ts';

export const tagTones = ['grey', 'red', 'amber', 'green', 'accent', 'blue', 'violet', 'pink'] as const;
export type TagTone = (typeof tagTones)[number];

export type Tag = { readonly id: string; readonly name: string; readonly tone: TagTone };

/** The one spelling that makes two names the same tag. */
export function foldTag(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export const tagName = oneLine(lengths.tag).refine(
  (name) => !/[,#]/.test(name),
  marked('A tag has no comma and no #.'),
);

/** A to-do's tags by name: a name that the project does not have yet becomes a tag of it. */
export const tagNames = z.array(tagName).max(lengths.tags, marked('At most {max} tags.'));

export type TagWithUse = Tag & { readonly toDos: number };
export type TagsAnswer = { readonly tags: readonly TagWithUse[] };

export const editTagRequest = z
  .strictObject({ name: tagName.optional(), tone: z.literal([...tagTones]).optional() })
  .refine((body) => Object.keys(body).length > 0, marked('Say at least one thing to change.'));
export type EditTagRequest = z.infer<typeof editTagRequest>;
