/** What the screens of people, companies, access and columns read and change. */
import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccessAnswer } from '../../../wire/access.ts';
import type {
  ClientAnswer,
  ClientRefsAnswer,
  ClientsAnswer,
  CreateClientRequest,
  EditClientRequest,
} from '../../../wire/client.ts';
import type {
  EditPersonRequest,
  LocalSignInsAnswer,
  ManagedPeopleAnswer,
  ManagedPersonAnswer,
  ProfileAnswer,
} from '../../../wire/people.ts';
import type {
  CreateStatusRequest,
  EditStatusRequest,
  MembersAnswer,
  Project,
  Status,
  StatusesAnswer,
} from '../../../wire/project.ts';
import { showProblem } from '../kit/toast.tsx';
import { callApi } from './client.ts';
import { retryUpTo } from './problem.ts';
import { keys, refreshToDos } from './queries.ts';

const peopleKeys = {
  managed: ['people', 'managed'],
  profile: ['profile'],
  clients: ['clients'],
  clientRefs: ['clients', 'names'],
  access: (key: string, name: string) => ['access', key, name],
} as const;

export function useManagedPeople() {
  return useQuery({
    queryKey: peopleKeys.managed,
    queryFn: () => callApi<ManagedPeopleAnswer>('GET', '/people/managed'),
  });
}

export function useEditPerson() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, request }: { personId: string; request: EditPersonRequest }) =>
      callApi<ManagedPersonAnswer>('PATCH', `/people/${encodeURIComponent(personId)}`, request),
    onSuccess({ managedPerson }) {
      cache.setQueryData<ManagedPeopleAnswer>(
        peopleKeys.managed,
        (answer) =>
          answer && {
            ...answer,
            managedPeople: answer.managedPeople.map((each) => (each.id === managedPerson.id ? managedPerson : each)),
          },
      );
      void cache.invalidateQueries({ queryKey: keys.people });
      void cache.invalidateQueries({ queryKey: peopleKeys.clients });
      void cache.invalidateQueries({ queryKey: ['access'] });
    },
    onError: showProblem,
  });
}

export function useLocalSignIns() {
  return useQuery({
    queryKey: ['local-sign-ins'],
    queryFn: async () => (await callApi<LocalSignInsAnswer>('GET', '/local-sign-ins')).localSignIns,
  });
}

export function useProfile() {
  return useQuery({
    queryKey: peopleKeys.profile,
    queryFn: async () => (await callApi<ProfileAnswer>('GET', '/me/profile')).profile,
  });
}

export function useClients() {
  return useQuery({
    queryKey: peopleKeys.clients,
    queryFn: async () => (await callApi<ClientsAnswer>('GET', '/clients')).clients,
  });
}

/** Nothing for those who may give no project to a company. */
export function useClientRefs(isAsked: boolean) {
  return useQuery({
    queryKey: peopleKeys.clientRefs,
    queryFn: async () => (await callApi<ClientRefsAnswer>('GET', '/client-names')).clientRefs,
    enabled: isAsked,
  });
}

function refreshClients(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: peopleKeys.clients });
  void cache.invalidateQueries({ queryKey: peopleKeys.managed });
  void cache.invalidateQueries({ queryKey: keys.projects });
}

export function useCreateClient() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateClientRequest) => callApi<ClientAnswer>('POST', '/clients', request),
    retry: retryUpTo(1),
    onSuccess: () => refreshClients(cache),
  });
}

export function useEditClient(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: EditClientRequest) => callApi<ClientAnswer>('PATCH', `/clients/${id}`, request),
    onSuccess: () => refreshClients(cache),
  });
}

export function useRemoveClient(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => callApi<void>('DELETE', `/clients/${id}`, { version }),
    onSuccess: () => refreshClients(cache),
  });
}

/** `name`: letters of it; without any, the first of all. */
export function useAccess(key: string, name: string) {
  return useQuery({
    queryKey: peopleKeys.access(key, name),
    queryFn: () =>
      callApi<AccessAnswer>('GET', `/projects/${key}/access${name && `?${new URLSearchParams({ name })}`}`),
    placeholderData: keepPreviousData,
  });
}

/** Those members of a project whose names hold these letters; nothing is asked for without any. */
export function useFoundMembers(key: string, name: string) {
  return useQuery({
    queryKey: [...keys.members(key), name],
    queryFn: () => callApi<MembersAnswer>('GET', `/projects/${key}/members?${new URLSearchParams({ name })}`),
    enabled: name !== '',
    placeholderData: keepPreviousData,
  });
}

export type StatusChange =
  | { readonly what: 'create'; readonly request: CreateStatusRequest }
  | { readonly what: 'edit'; readonly id: string; readonly request: EditStatusRequest }
  | { readonly what: 'order'; readonly statusIds: readonly string[] }
  | { readonly what: 'remove'; readonly id: string; readonly moveToId: string };

/** An edit is shown at once; one change after another, so that two quick clicks keep their order. */
export function useChangeStatuses(key: string) {
  const cache = useQueryClient();
  const statusesKey = ['statuses', key];
  return useMutation({
    mutationFn: (change: StatusChange) => sendStatusChange(`/projects/${key}/statuses`, change),
    scope: { id: 'statuses' },
    mutationKey: statusesKey,
    onMutate(change) {
      if (change.what !== 'edit') return;
      const edited = (status: Status) => (status.id === change.id ? Object.assign({}, status, change.request) : status);
      cache.setQueryData<Project>(
        keys.project(key),
        (project) => project && { ...project, statuses: project.statuses.map(edited) },
      );
    },
    onSuccess({ statuses }) {
      // The last answer has them all; an earlier one would take back what is shown already.
      if (cache.isMutating({ mutationKey: statusesKey }) > 1) return;
      cache.setQueryData<Project>(keys.project(key), (project) => project && { ...project, statuses });
      refreshToDos(cache, key);
    },
    onError(error) {
      showProblem(error);
      void cache.invalidateQueries({ queryKey: keys.project(key) });
    },
  });
}

function sendStatusChange(path: string, change: StatusChange): Promise<StatusesAnswer> {
  switch (change.what) {
    case 'create':
      return callApi('POST', path, change.request);
    case 'edit':
      return callApi('PATCH', `${path}/${change.id}`, change.request);
    case 'order':
      return callApi('PUT', path, { statusIds: change.statusIds });
    case 'remove':
      return callApi('DELETE', `${path}/${change.id}`, { moveToId: change.moveToId });
  }
}
