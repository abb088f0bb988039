/** The addresses of the workspace: how each is written and read. */
import { type Location, useLocation } from 'react-router';
import { commentHash } from '../../../wire/comment-hash.ts';

export const homePath = '/dashboard/home';
export const dayPath = (day?: string): string => (day === undefined ? '/day' : `/day/${day}`);
export const focusPath = (key: string, number: number): string => `/focus/${key}/${number}`;
export const searchPath = '/search';
export const allMilestonesPath = '/milestones';
export const notificationsPath = '/notifications';
export const appearancePath = '/settings/appearance';
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
/** The settings, with the cursor where members are added. */
export const addMemberPath = (key: string): string => `${projectSettingsPath(key)}${addMemberHash}`;
export const addMemberHash = '#add-member';
export const importProjectPath = '/projects/import';
export const projectTrashPath = '/projects/trash';
export const importPath = (key: string): string => `/p/${key}/import`;
export const webhooksPath = (key: string): string => `/p/${key}/settings/webhooks`;
export const peoplePath = '/people';
export const clientsPath = '/clients';
export const profilePath = '/settings/profile';
export const tablePath = (key: string): string => `/p/${key}/table`;
export const toDoPath = (key: string, number: number): string => `/p/${key}/t/${number}`;
/** A to-do, opened at one of its comments where there is one. */
export const toDoPathAt = (key: string, number: number, commentId: string | null): string =>
  commentId === null ? toDoPath(key, number) : `${toDoPath(key, number)}${commentHash(commentId)}`;

/** Whether this is the page that is open: then the second press of a double click opens nothing again. */
export const isHere = (path: string): boolean => window.location.pathname === path;

export function parseToDoPath(path: string): { key: string; number: number } | undefined {
  return parseNumber(/^\/p\/([A-Z][A-Z0-9]{1,9})\/t\/([1-9]\d{0,8})$/, path);
}

export function parseFocusPath(path: string): { key: string; number: number } | undefined {
  return parseNumber(/^\/focus\/([A-Z][A-Z0-9]{1,9})\/([1-9]\d{0,8})$/, path);
}

function parseNumber(pattern: RegExp, path: string): { key: string; number: number } | undefined {
  const match = pattern.exec(path);
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
