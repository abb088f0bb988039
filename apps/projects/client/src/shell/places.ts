/** The addresses of the workspace: how each is written and read. */
import { type Location, useLocation } from 'react-router';

export const homePath = '/dashboard/home';
export const searchPath = '/search';
export const allMilestonesPath = '/milestones';
export const notificationsPath = '/notifications';
export const tokensPath = '/settings/tokens';
export const notificationSettingsPath = '/settings/notifications';
export const boardPath = (key: string): string => `/p/${key}/board`;
export const filesPath = (key: string): string => `/p/${key}/files`;
export const trashPath = (key: string): string => `/p/${key}/trash`;
export const listPath = (key: string): string => `/p/${key}/list`;
export const overviewPath = (key: string): string => `/p/${key}`;
export const timelinePath = (key: string): string => `/p/${key}/timeline`;
export const milestonesPath = (key: string): string => `/p/${key}/milestones`;
export const sprintsPath = (key: string): string => `/p/${key}/sprints`;
export const goalsPath = (key: string): string => `/p/${key}/goals`;
export const accessPath = (key: string): string => `/p/${key}/people`;
export const projectSettingsPath = (key: string): string => `/p/${key}/settings`;
export const peoplePath = '/people';
export const clientsPath = '/clients';
export const profilePath = '/settings/profile';
export const tablePath = (key: string): string => `/p/${key}/table`;
export const toDoPath = (key: string, number: number): string => `/p/${key}/t/${number}`;

export function parseToDoPath(path: string): { key: string; number: number } | undefined {
  const match = /^\/p\/([A-Z][A-Z0-9]{1,9})\/t\/([1-9]\d{0,8})$/.exec(path);
  return match?.[1] && match[2] ? { key: match[1], number: Number(match[2]) } : undefined;
}

/** The project an address belongs to, whatever it shows of it. */
export function projectKeyOf(path: string): string | undefined {
  return /^\/p\/([A-Z][A-Z0-9]{1,9})(?:[/?]|$)/.exec(path)?.[1];
}

/** What a link to a to-do carries, so that closing it leads back to where it was opened. */
export type OverState = { readonly over: string };

function overOf(state: unknown): string | undefined {
  return typeof state === 'object' && state !== null && 'over' in state && typeof state.over === 'string'
    ? state.over
    : undefined;
}

/** The address of the page to show; under a dialog, the page below it. */
export function backgroundOf(location: Location): string {
  const toDo = parseToDoPath(location.pathname);
  if (toDo) return overOf(location.state) ?? boardPath(toDo.key);
  return location.pathname === '/' ? homePath : `${location.pathname}${location.search}`;
}

/** The address of the page that is open, with what it shows, for what is opened over it. */
export function useOver(): string {
  const { pathname, search } = useLocation();
  return `${pathname}${search}`;
}

/** Whether a to-do was opened from a page of ours, which is then the entry before it in the browser's history. */
export function wasOpenedHere(location: Location): boolean {
  return overOf(location.state) !== undefined;
}
