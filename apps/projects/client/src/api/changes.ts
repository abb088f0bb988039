/**
 * What the screens change. Each change is seen at once where that is safe, put right by the server's answer, and taken
 * back with a word of why when it is refused.
 */
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CreateProjectRequest, EditProjectRequest, Project, ProjectAnswer } from '../../../wire/project.ts';
import type { ProjectRole } from '../../../wire/roles.ts';
import { showProblem, showUnsaved } from '../kit/toast.tsx';
import { bringMore } from './bring-more.ts';
import { callApi, mayWorkLater } from './client.ts';
import { retryUpTo } from './problem.ts';
import { keys } from './queries.ts';
import { createToDo, editToDo, type Move, moveToDo } from './queued.ts';
import { showEdit } from './show-edit.ts';

function refreshMyWork(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: keys.myWork });
}

/**
 * Moves one card: shown at once, sent as one small request, back in its place when it could not be made, and offered again.
 * Nothing on the page shows how far it is, so whoever moves is not drawn anew for it.
 * Answers with whether it was made.
 */
export function useMoveToDo(): (move: Move) => Promise<boolean> {
  const cache = useQueryClient();
  return useCallback(
    function move(wish: Move): Promise<boolean> {
      const sending = cache.getMutationCache().build(cache, {
        ...moveToDo(cache),
        onError(error: Error) {
          if (mayWorkLater(error)) showUnsaved(error, () => void move(wish));
          else showProblem(error);
          void cache.invalidateQueries({ queryKey: keys.board(wish.key) });
        },
      });
      return sending.execute(wish).then(
        () => true,
        () => false,
      );
    },
    [cache],
  );
}

export function useCreateToDo() {
  return useMutation(createToDo(useQueryClient()));
}

export function useEditToDo() {
  const cache = useQueryClient();
  return useMutation({
    ...editToDo(cache),
    onMutate: ({ key, number, request }) => showEdit(cache, key, number, request),
    onError: (_, __, takeBack) => takeBack?.(),
  });
}

export function useShowMore() {
  const cache = useQueryClient();
  return useMutation({
    async mutationFn({ key, statusId, max }: { key: string; statusId: string; max: number }) {
      // One that was just written stands last, and hides those before it: what is here is asked for anew.
      if (!(await bringMore(cache, key, statusId, max))) await cache.invalidateQueries({ queryKey: keys.board(key) });
    },
    onError: showProblem,
  });
}

function keepProject(cache: QueryClient, project: Project): void {
  cache.setQueryData(keys.project(project.key), project);
  void cache.invalidateQueries({ queryKey: keys.projects });
}

export function useCreateProject() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateProjectRequest) => callApi<ProjectAnswer>('POST', '/projects', request),
    retry: retryUpTo(1),
    onSuccess: ({ project }) => keepProject(cache, project),
  });
}

export function useEditProject(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: EditProjectRequest) => callApi<ProjectAnswer>('PATCH', `/projects/${key}`, request),
    onSuccess: ({ project }) => {
      keepProject(cache, project);
      refreshMyWork(cache);
    },
  });
}

/** `role` undefined takes the person out of the project; null lets them keep the role they have everywhere. */
export function useSetMember(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, role }: { personId: string; role: ProjectRole | null | undefined }) => {
      const path = `/projects/${key}/members/${encodeURIComponent(personId)}`;
      return role === undefined
        ? callApi<ProjectAnswer>('DELETE', path)
        : callApi<ProjectAnswer>('PUT', path, { role });
    },
    onSuccess: ({ project }) => {
      keepProject(cache, project);
      void cache.invalidateQueries({ queryKey: keys.members(key) });
    },
    onError: showProblem,
  });
}
