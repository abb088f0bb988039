/** What the screens read: one query a resource, one place for its name in the cache. */
import { type QueryClient, queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Me, PersonRef } from '../../../wire/me.ts';
import type { MyWorkAnswer } from '../../../wire/my-work.ts';
import type {
  MyProjectsAnswer,
  PeopleAnswer,
  Project,
  ProjectAnswer,
  ProjectSummary,
  ProjectsAnswer,
} from '../../../wire/project.ts';
import type { ToDo, ToDoAnswer } from '../../../wire/to-do.ts';
import { callApi, speakFor } from './client.ts';

export const keys = {
  me: ['me'],
  projects: ['projects'],
  people: ['people'],
  project: (key: string) => ['project', key],
  members: (key: string) => ['members', key],
  board: (key: string) => ['board', key],
  toDos: (key: string) => ['to-do', key],
  toDo: (key: string, number: number) => ['to-do', key, number],
  myWork: ['my-work'],
  bell: ['bell'],
  notifications: ['notifications'],
} as const;

/** What shows to-dos as they are: after a change of many at once. */
export function refreshToDos(cache: QueryClient, key: string): void {
  for (const queryKey of [keys.board(key), keys.toDos(key), keys.myWork]) void cache.invalidateQueries({ queryKey });
}

const meQuery = queryOptions({
  queryKey: keys.me,
  async queryFn() {
    const me = await callApi<Me>('GET', '/me');
    speakFor(me.person.id);
    return me;
  },
  staleTime: Infinity,
});

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

const projectsQuery = queryOptions({
  queryKey: keys.projects,
  queryFn: () => callApi<ProjectsAnswer>('GET', '/projects'),
});

export function useProjects(): readonly ProjectSummary[] {
  return useSuspenseQuery(projectsQuery).data.projects;
}

/** Whether one sees more projects than are listed. */
export function useMoreProjects(): boolean {
  return useSuspenseQuery(projectsQuery).data.more;
}

/** How many projects there are in the trash that one may bring back. */
export function useTrashedCount(): number {
  return useSuspenseQuery(projectsQuery).data.trashed;
}

/** Of what was asked for by name, in a project or among everybody (`null`). */
export const foundKey = (projectKey: string | null) => ['people-found', projectKey] as const;

/** These people and those, by name. */
export function withPeople(people: readonly PersonRef[], found: readonly PersonRef[]): readonly PersonRef[] {
  const known = new Set(people.map(({ id }) => id));
  const others = new Map(found.filter(({ id }) => !known.has(id)).map((person) => [person.id, person]));
  if (others.size === 0) return people;
  return [...people, ...others.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

export function usePeople() {
  return useQuery({
    queryKey: keys.people,
    queryFn: () => callApi<PeopleAnswer>('GET', '/people'),
  });
}

export function useProject(key: string) {
  return useQuery({
    queryKey: keys.project(key),
    async queryFn({ client }): Promise<Project> {
      const { project } = await callApi<ProjectAnswer>('GET', `/projects/${key}`);
      const found = client.getQueriesData<PeopleAnswer>({ queryKey: foundKey(key) });
      return {
        ...project,
        assignable: withPeople(
          project.assignable,
          found.flatMap(([, answer]) => answer?.people ?? []),
        ),
      };
    },
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

/** Below the name of one's own work, so that whatever changes that reads this again too. */
export function useMyProjects() {
  return useQuery({
    queryKey: [...keys.myWork, 'projects'],
    queryFn: async () => (await callApi<MyProjectsAnswer>('GET', '/my-projects')).myProjects,
  });
}
