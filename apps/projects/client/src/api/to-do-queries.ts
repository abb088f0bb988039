/** What the screens around one to-do read: its comments, its files, the tags and the trash of its project. */
import { useQuery } from '@tanstack/react-query';
import type { CommentsAnswer } from '../../../wire/comment.ts';
import type { FilesAnswer } from '../../../wire/file.ts';
import type { TagsAnswer } from '../../../wire/tag.ts';
import type { TrashAnswer } from '../../../wire/trash.ts';
import { callApi } from './client.ts';

export const toDoKeys = {
  comments: (key: string, number: number) => ['comments', key, number],
  files: (key: string, number?: number) => (number === undefined ? ['files', key] : ['files', key, number]),
  tags: (key: string) => ['tags', key],
  trash: (key: string) => ['trash', key],
} as const;

export function useComments(key: string, number: number) {
  return useQuery({
    queryKey: toDoKeys.comments(key, number),
    queryFn: () => callApi<CommentsAnswer>('GET', `/projects/${key}/to-dos/${number}/comments`),
  });
}

/** Where the files of one to-do are, or those of the project. */
export function filesPath(key: string, number?: number): string {
  return number === undefined ? `/projects/${key}/files` : `/projects/${key}/to-dos/${number}/files`;
}

/** Of one to-do, or of the whole project. */
export function useFiles(key: string, number?: number) {
  const path = filesPath(key, number);
  return useQuery({ queryKey: toDoKeys.files(key, number), queryFn: () => callApi<FilesAnswer>('GET', path) });
}

export function useTags(key: string) {
  return useQuery({
    queryKey: toDoKeys.tags(key),
    queryFn: async () => (await callApi<TagsAnswer>('GET', `/projects/${key}/tags`)).tags,
  });
}

export function useTrash(key: string) {
  return useQuery({
    queryKey: toDoKeys.trash(key),
    queryFn: () => callApi<TrashAnswer>('GET', `/projects/${key}/trash`),
  });
}
