/** One's own work, over all projects, as the API shows it. */
import type { Day } from './days.ts';
import type { ReportType } from './project.ts';
import type { Card } from './to-do.ts';

/** What a line of one's own work shows, and what planning it asks; the rest of a card is read where it is opened. */
export type MyToDo = Pick<
  Card,
  'projectKey' | 'number' | 'title' | 'statusId' | 'dueOn' | 'priority' | 'effort' | 'plannedHours' | 'version'
> & {
  readonly projectName: string;
  readonly statusName: string;
  readonly reportType: ReportType;
  /** Where "done" leads in this to-do's project; null when the viewer may not change it. */
  readonly doneStatusId: string | null;
};
/** How many to-dos are due on a day, or on none. */
export type DueCount = { readonly dueOn: Day | null; readonly count: number };
export type MyWorkAnswer = {
  /** The first 200, by when they are due and how much they matter. */
  readonly toDos: readonly MyToDo[];
  /** What is open besides, counted by the day it is due; of 2,000 in all. */
  readonly beyond: readonly DueCount[];
  /** More are open than that. */
  readonly more: boolean;
  readonly doneLastSevenDays: number;
};
