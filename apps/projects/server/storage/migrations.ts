/**
 * The steps that bring the tables of the server's frame (people) to today, in the order they are applied. A step is one file,
 * `migrations/<four digits>-<what>.ts`, that exports `step`; once released it never changes, and a further change is a
 * further step. The workspace keeps its own list under a namespace of its own and is applied after this one.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { step as people } from './migrations/0001-people.ts';

export const frameNamespace = 'projects-frame';
export const workspaceNamespace = 'projects-workspace';

export const frameMigrations: readonly Migration[] = [people];
