/** What the screens read: one query a resource, one place for its name in the cache. */
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Me } from '../../../wire/me.ts';
import type { PeopleAnswer, Project, ProjectAnswer, ProjectSummary, ProjectsAnswer } from '../../../wire/project.ts';
import type { BoardAnswer, MyWorkAnswer, ToDo, ToDoAnswer } from '../../../wire/to-do.ts';
import { callApi } from './client.ts';

export const keys = {
  me: ['me'],
  projects: ['projects'],
  people: ['people'],
  project: (key: string) => ['project', key],
  board: (key: string) => ['board', key],
  toDo: (key: string, number: number) => ['to-do', key, number],
  myWork: ['my-work'],
  bell: ['bell'],
} as const;

const meQuery = queryOptions({ queryKey: keys.me, queryFn: () => callApi<Me>('GET', '/me'), staleTime: Infinity });

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useProjects(): readonly ProjectSummary[] {
  return useSuspenseQuery({
    queryKey: keys.projects,
    queryFn: async () => (await callApi<ProjectsAnswer>('GET', '/projects')).projects,
  }).data;
}

export function usePeople() {
  return useQuery({
    queryKey: keys.people,
    queryFn: async () => (await callApi<PeopleAnswer>('GET', '/people')).people,
  });
}

export function useProject(key: string) {
  return useQuery({
    queryKey: keys.project(key),
    queryFn: async (): Promise<Project> => (await callApi<ProjectAnswer>('GET', `/projects/${key}`)).project,
  });
}

export function useBoard(key: string) {
  return useQuery({
    queryKey: keys.board(key),
    queryFn: () => callApi<BoardAnswer>('GET', `/projects/${key}/board`),
  });
}

export function useToDo(key: string, number: number) {
  return useQuery({
    queryKey: keys.toDo(key, number),
    queryFn: async (): Promise<ToDo> => (await callApi<ToDoAnswer>('GET', `/projects/${key}/to-dos/${number}`)).toDo,
  });
}

export function useMyWork() {
  return useQuery({ queryKey: keys.myWork, queryFn: () => callApi<MyWorkAnswer>('GET', '/my-work') });
}
