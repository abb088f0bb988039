/** Searching the workspace: what is asked and what is found. */
import { z } from 'zod';
import { prose } from './fields.ts';

export const searchLength = 200;
export const searchResultsMax = 50;

export const searchQuery = z.strictObject({
  q: prose(searchLength),
  max: z.coerce.number().int().min(1).max(searchResultsMax).optional(),
});

type Found = {
  readonly projectKey: string;
  readonly projectName: string;
  readonly title: string;
  /** Around the words, from the description or a comment; null when the title says it all. */
  readonly excerpt: string | null;
};

export type SearchResult =
  | (Found & {
      readonly kind: 'toDo';
      readonly number: number;
      readonly isDone: boolean;
      readonly inComment: boolean;
      /** The comment that holds the words, if it was a comment. */
      readonly commentId: string | null;
    })
  | (Found & { readonly kind: 'project' | 'milestone' | 'goal'; readonly id: string });

export type SearchAnswer = { readonly results: readonly SearchResult[] };
