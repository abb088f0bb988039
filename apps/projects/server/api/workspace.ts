/** What the features of the workspace share: the tables they may touch, and the clock and ids that tests freeze. */
import type { Announcements } from '@gatehouse/storage/announcements.ts';
import type { Dialect } from '@gatehouse/storage/database.ts';
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { ChangeTables } from '../changes/schema.ts';
import type { ClientTables } from '../clients/schema.ts';
import type { DayPlanTables } from '../day-plan/schema.ts';
import type { Files } from '../files/files.ts';
import type { GoalTables } from '../goals/schema.ts';
import type { MailTables } from '../mail/schema.ts';
import type { MilestoneTables } from '../milestones/schema.ts';
import type { NotificationTables } from '../notifications/schema.ts';
import type { OverviewTables } from '../overview/schema.ts';
import type { OwnerTables } from '../owner/schema.ts';
import type { PreferenceTables } from '../preferences/schema.ts';
import type { ProjectTables } from '../projects/schema.ts';
import type { SavedViewTables } from '../saved-views/schema.ts';
import type { SearchTables } from '../search/schema.ts';
import type { SprintTables } from '../sprints/schema.ts';
import type { Progress } from '../to-dos/progress.ts';
import type { ToDoTables } from '../to-dos/schema.ts';
import type { TokenTables } from '../tokens/schema.ts';
import type { WebhookTables } from '../webhooks/schema.ts';

export type Tables = ProjectTables &
  ToDoTables &
  OwnerTables &
  ClientTables &
  ChangeTables &
  SearchTables &
  DayPlanTables &
  PreferenceTables &
  SavedViewTables &
  PlanningTables &
  NotificationTables &
  MailTables &
  TokenTables &
  WebhookTables;
type PlanningTables = MilestoneTables & SprintTables & GoalTables & OverviewTables;
export type Executor = Kysely<Tables>;

export type Workspace = {
  readonly db: Executor;
  readonly dialect: Dialect;
  readonly siteName: string;
  /** The address people open, without a slash at its end. */
  readonly appUrl: string;
  /** Said by `recordChange` alone. */
  readonly announcements: Announcements;
  /** Ends every session of somebody who may no longer come in. */
  endSessions(person: { readonly issuer: string | null; readonly subject: string | null }): Promise<void>;
  readonly files: Files;
  readonly progress: Progress;
  /** What has to be read again is kept sealed. */
  readonly sealer: Sealer;
  /** Whether addresses of the house may be named in webhooks. */
  readonly webhooks: { readonly mayCallPrivate: boolean };
  /** Whether mail can be sent. */
  readonly mailWorks: boolean;
  now(): number;
  newId(): string;
};

/** Where it is said that something changed. */
export const changesChannel = 'projects_changes';

/** Holds a row until the transaction ends. SQLite has one writer at a time, so there it is held already. */
export function locking<TB extends keyof Tables, O>(
  workspace: Workspace,
  query: SelectQueryBuilder<Tables, TB, O>,
): SelectQueryBuilder<Tables, TB, O> {
  return workspace.dialect === 'postgres' ? query.forUpdate() : query;
}
