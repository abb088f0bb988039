/**
 * The steps that bring the tables to today, in the order they are applied: first the server's frame (people), then the
 * workspace. A step is one file, `<folder>/<number>-<what>.ts`, that exports `step`; once released it never changes, and a
 * further change is a further step. Each list has a namespace of its own and is ordered by number.
 */
import type { Migration } from '@gatehouse/storage/migrate.ts';
import { step as people } from './migrations/0001-people.ts';
import { step as peopleStanding } from './migrations/0002-people-standing.ts';
import { step as owners } from './migrations/0003-owners.ts';
import { step as projects } from './workspace/001-projects.ts';
import { step as toDos } from './workspace/002-to-dos.ts';
import { step as toDoFields } from './workspace/003-to-do-fields.ts';
import { step as tags } from './workspace/004-tags.ts';
import { step as blockersAndWatchers } from './workspace/005-blockers-and-watchers.ts';
import { step as historyChanges } from './workspace/006-history-changes.ts';
import { step as comments } from './workspace/007-comments.ts';
import { step as files } from './workspace/008-files.ts';
import { step as formerNumbers } from './workspace/009-former-numbers.ts';
import { step as removers } from './workspace/010-removers.ts';
import { step as milestones } from './workspace/020-milestones.ts';
import { step as sprints } from './workspace/021-sprints.ts';
import { step as goals } from './workspace/022-goals.ts';
import { step as statusUpdates } from './workspace/023-status-updates.ts';
import { step as planningIndexes } from './workspace/024-planning-indexes.ts';
import { step as planningSums } from './workspace/025-planning-sums.ts';
import { step as changes } from './workspace/040-changes.ts';
import { step as notifications } from './workspace/041-notifications.ts';
import { step as tokens } from './workspace/042-tokens.ts';
import { step as mailQueue } from './workspace/043-mail-queue.ts';
import { step as webhooks } from './workspace/044-webhooks.ts';
import { step as clients } from './workspace/060-clients.ts';
import { step as statusSettings } from './workspace/061-status-settings.ts';
import { step as memberGivers } from './workspace/062-member-givers.ts';
import { step as search } from './workspace/080-search.ts';
import { step as dayPlan } from './workspace/081-day-plan.ts';
import { step as preferences } from './workspace/082-preferences.ts';
import { step as savedViews } from './workspace/090-saved-views.ts';
import { step as myWorkIndexes } from './workspace/095-my-work-indexes.ts';
import { step as storedFiles } from './workspace/096-stored-files.ts';
import { step as projectTrash } from './workspace/097-project-trash.ts';
import { step as formerNames } from './workspace/098-former-names.ts';
import { step as notifiedComments } from './workspace/099-notified-comments.ts';
import { step as filesKnown } from './workspace/100-files-known.ts';
import { step as keptOut } from './workspace/101-kept-out.ts';
import { step as wordlessDeliveries } from './workspace/102-wordless-deliveries.ts';
import { step as progressIndexes } from './workspace/104-progress-indexes.ts';
import { step as projectFiles } from './workspace/105-project-files.ts';
import { step as myOpenWork } from './workspace/106-my-open-work.ts';
import { step as progressStamps } from './workspace/107-progress-stamps.ts';
import { step as whatPeopleHave } from './workspace/108-what-people-have.ts';

export const frameNamespace = 'projects-frame';
export const workspaceNamespace = 'projects-workspace';

export const frameMigrations: readonly Migration[] = [people, peopleStanding, owners];

export const workspaceMigrations: readonly Migration[] = [
  projects,
  toDos,
  toDoFields,
  tags,
  blockersAndWatchers,
  historyChanges,
  comments,
  files,
  formerNumbers,
  removers,
  milestones,
  sprints,
  goals,
  statusUpdates,
  planningIndexes,
  planningSums,
  changes,
  notifications,
  tokens,
  mailQueue,
  webhooks,
  clients,
  statusSettings,
  memberGivers,
  search,
  dayPlan,
  preferences,
  savedViews,
  myWorkIndexes,
  storedFiles,
  projectTrash,
  formerNames,
  notifiedComments,
  filesKnown,
  keptOut,
  wordlessDeliveries,
  progressIndexes,
  projectFiles,
  myOpenWork,
  progressStamps,
  whatPeopleHave,
];
