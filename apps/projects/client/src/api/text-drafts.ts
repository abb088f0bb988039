/** A title or a description that is being written, and the state of its to-do that the writing began on. It stays until it is saved. */
import type { QueryClient } from '@tanstack/react-query';
import type { Me } from '../../../wire/me.ts';
import type { RichDoc } from '../../../wire/rich-text.ts';
import type { EditToDoRequest, ToDo } from '../../../wire/to-do.ts';
import { type Draft, draftOf, useDraft } from './drafts.ts';
import { keys } from './queries.ts';

export type WrittenTitle = { readonly title: string; readonly version: number };
export type WrittenDescription = { readonly doc: RichDoc; readonly version: number };
type Place = Pick<ToDo, 'projectKey' | 'number'>;
type Texts = Pick<EditToDoRequest, 'title' | 'description'>;
export type TextDrafts = { readonly title: Draft<WrittenTitle>; readonly description: Draft<WrittenDescription> };

export function useTextDrafts(toDo: Place): TextDrafts {
  return {
    title: useDraft<WrittenTitle>(placeOf(toDo, 'title')),
    description: useDraft<WrittenDescription>(placeOf(toDo, 'description')),
  };
}

/** Whoever sent it, and wherever: what is saved is no draft any more. */
export function dropSaved(cache: QueryClient, toDo: Place, saved: Texts): void {
  const me = cache.getQueryData<Me>(keys.me);
  if (!me) return;
  const { id } = me.person;
  dropDrafts(
    { title: draftOf(id, placeOf(toDo, 'title')), description: draftOf(id, placeOf(toDo, 'description')) },
    saved,
  );
}

/** Unless more was written since. */
export function dropDrafts({ title, description }: TextDrafts, saved: Texts): void {
  if (saved.title !== undefined && title.read()?.title === saved.title) title.drop();
  if (saved.description !== undefined && JSON.stringify(description.read()?.doc) === JSON.stringify(saved.description))
    description.drop();
}

function placeOf({ projectKey, number }: Place, field: keyof Texts): string {
  return `${projectKey}-${number}:${field}`;
}
