/** What is done to comments and reactions of a to-do. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Comment, CommentAnswer, Reaction } from '../../../wire/comment.ts';
import type { RichDoc } from '../../../wire/rich-text.ts';
import { showProblem } from '../kit/toast.tsx';
import { callApi } from './client.ts';
import { addComment } from './queued.ts';
import { toDoKeys } from './to-do-queries.ts';

type Place = { readonly projectKey: string; readonly number: number };

function useCommentChange<Input>({ projectKey, number }: Place, ask: (path: string, input: Input) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => ask(`/projects/${projectKey}/to-dos/${number}/comments`, input),
    onSuccess: () => cache.invalidateQueries({ queryKey: toDoKeys.comments(projectKey, number) }),
    onError: showProblem,
  });
}

export function useAddComment() {
  return useMutation({ ...addComment(useQueryClient()), onError: showProblem });
}

export function useEditComment(place: Place) {
  return useCommentChange(place, (path, { comment, body }: { comment: Comment; body: RichDoc }) =>
    callApi<CommentAnswer>('PATCH', `${path}/${comment.id}`, { version: comment.version, body }),
  );
}

export function useRemoveComment(place: Place) {
  return useCommentChange(place, (path, comment: Comment) => callApi('DELETE', `${path}/${comment.id}`));
}

export function useRestoreComment(place: Place) {
  return useCommentChange(place, (path, comment: Comment) => callApi('POST', `${path}/${comment.id}/restore`));
}

export function useReact(place: Place) {
  return useCommentChange(
    place,
    (path, { comment, reaction, given }: { comment: Comment; reaction: Reaction; given: boolean }) =>
      callApi(given ? 'PUT' : 'DELETE', `${path}/${comment.id}/reactions/${reaction}`),
  );
}
