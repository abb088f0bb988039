/**
 * Views that people saved: what of a project is shown and how, under a name. What a view shows is kept as the query of its
 * address, so that a view and an address are one thing; which names may stand in it is said here, what they mean the client
 * knows (`client/src/views`). A value that means nothing any more shows as not chosen.
 */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { creationKey, id, oneLine, version } from './fields.ts';
import type { PersonRef } from './me.ts';

export const viewPages = ['board', 'list', 'table'] as const;
export type ViewPage = (typeof viewPages)[number];

/** What the address of a view says: filter, grouping, order, columns. */
export const viewParameters = [
  'q',
  'who',
  'tag',
  'type',
  'priority',
  'milestone',
  'sprint',
  'due',
  'subtasks',
  'group',
  'sort',
  'columns',
] as const;

export const viewNameMax = 60;
export const viewQueryMax = 4_000;
/** Of one person in one project, and of those that are shared in it. */
export const viewsMax = 50;

export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly page: ViewPage;
  /** As in an address, without a question mark. */
  readonly query: string;
  /** For everybody in the project; else for its owner alone. */
  readonly isShared: boolean;
  readonly owner: PersonRef;
  /** Whether its page begins with it, for the viewer. */
  readonly opens: boolean;
  readonly version: number;
  readonly may: { readonly edit: boolean; readonly share: boolean };
};
export type SavedViewsAnswer = { readonly views: readonly SavedView[] };

/** The parameters of a view that stand in an address, always in the same order, so that two of one view are equal. */
export function viewQueryOf(query: URLSearchParams): string {
  const kept = viewParameters.flatMap((name): [string, string][] => {
    const value = query.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new URLSearchParams(kept).toString();
}

const query = z
  .string()
  .max(viewQueryMax, marked('At most {max} characters.'))
  .refine((text) => viewQueryOf(new URLSearchParams(text)) === text, marked('This is no address of a view.'));

const fields = {
  name: oneLine(viewNameMax),
  page: z.enum(viewPages),
  query,
  isShared: z.boolean(),
};

export const createViewRequest = z.strictObject({ creationKey, ...fields });
export type CreateViewRequest = z.infer<typeof createViewRequest>;

export const editViewRequest = z
  .strictObject({ version, ...fields })
  .partial()
  .required({ version: true })
  .refine((body) => Object.keys(body).length > 1, marked('Say at least one thing to change.'));
export type EditViewRequest = z.infer<typeof editViewRequest>;

export const deleteViewRequest = z.strictObject({ version });

/** Null: the page opens with everything on it. */
export const setOpeningViewRequest = z.strictObject({ viewId: id.nullable() });
