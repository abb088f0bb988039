/**
 * People beyond those that a list brings: asked for by what is typed, and from then on known like the others, so that whatever
 * shows a person by their id finds them.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext } from 'react';
import type { PersonRef } from '../../../wire/me.ts';
import type { PeopleAnswer, Project } from '../../../wire/project.ts';
import { callApi } from './client.ts';
import { foundKey, keys, withPeople } from './queries.ts';

/** Asks for those whose names hold these letters. Throws `ApiProblem`. */
export type Seek = (letters: string) => Promise<readonly PersonRef[]>;

/** For what stands deep in a screen of a project, such as its texts. */
export const SeekContext = createContext<Seek | undefined>(undefined);

/** Who can be picked in a project. */
export type PeopleOf = Pick<Project, 'key' | 'assignable' | 'moreAssignable'>;

const knownMs = 60_000;

/** Among those who may see a project, or among everybody (`null`). Undefined where the list has all of them already. */
export function useSeekPeople(projectKey: string | null, more: boolean): Seek | undefined {
  const cache = useQueryClient();
  return more ? (letters) => seek(cache, projectKey, letters) : undefined;
}

async function seek(cache: QueryClient, projectKey: string | null, letters: string): Promise<readonly PersonRef[]> {
  const name = letters.trim();
  if (name === '') return [];
  const path = projectKey === null ? '/people' : `/projects/${projectKey}/people`;
  const { people } = await cache.fetchQuery({
    queryKey: [...foundKey(projectKey), name.toLocaleLowerCase()],
    queryFn: () => callApi<PeopleAnswer>('GET', `${path}?${new URLSearchParams({ name })}`),
    staleTime: knownMs,
  });
  learn(cache, projectKey, people);
  return people;
}

function learn(cache: QueryClient, projectKey: string | null, people: readonly PersonRef[]): void {
  if (projectKey === null)
    cache.setQueryData<PeopleAnswer>(
      keys.people,
      (held) => held && { ...held, people: withPeople(held.people, people) },
    );
  else
    cache.setQueryData<Project>(
      keys.project(projectKey),
      (held) => held && { ...held, assignable: withPeople(held.assignable, people) },
    );
}
