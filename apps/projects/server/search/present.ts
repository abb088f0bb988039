/** What was found, as the API shows it. Pure. */
import type { SearchResult } from '../../wire/search.ts';
import type { SeenProject } from '../projects/present.ts';
import { excerptOf } from './words.ts';

type Described = { readonly id: string; readonly title: string; readonly description: string };
type FoundToDo = Omit<Described, 'id'> & { readonly number: number; readonly completed_at: number | null };

const placeOf = ({ row }: SeenProject) => ({ projectKey: row.key, projectName: row.name });

/** `comment` is the one that holds the words, if it was a comment. */
export function presentToDo(
  project: SeenProject,
  { number, title, description, completed_at }: FoundToDo,
  comment: { readonly id: string; readonly body: string } | null,
  words: readonly string[],
): SearchResult {
  return {
    kind: 'toDo',
    ...placeOf(project),
    number,
    title,
    excerpt: excerptOf(comment?.body ?? description, words),
    isDone: completed_at !== null,
    inComment: comment !== null,
    commentId: comment?.id ?? null,
  };
}

export function presentProject(project: SeenProject, words: readonly string[]): SearchResult {
  const { id, name, description } = project.row;
  return { kind: 'project', ...placeOf(project), id, title: name, excerpt: excerptOf(description, words) };
}

export function presentSubject(
  project: SeenProject,
  kind: 'milestone' | 'goal',
  { id, title, description }: Described,
  words: readonly string[],
): SearchResult {
  return { kind, ...placeOf(project), id, title, excerpt: excerptOf(description, words) };
}
