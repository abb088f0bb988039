/** To-dos, the board and the history of a to-do, as the API shows and takes them. */
import { z } from 'zod';
import type { Day } from './days.ts';
import { creationKey, day, id, lengths, oneLine, prose, version } from './fields.ts';
import type { PersonRef } from './me.ts';
import type { ReportType } from './project.ts';

/** 1 is the most pressing; null is "not said". */
export const priorities = [1, 2, 3, 4, 5] as const;
export type Priority = (typeof priorities)[number];
export const priorityNames: Readonly<Record<Priority, string>> = {
  1: 'Critical',
  2: 'High',
  3: 'Medium',
  4: 'Low',
  5: 'Lowest',
};

/** What a card shows. */
export type Card = {
  readonly projectKey: string;
  readonly number: number;
  readonly title: string;
  readonly statusId: string;
  readonly dueOn: Day | null;
  readonly priority: Priority | null;
  readonly assignees: readonly PersonRef[];
  readonly rank: string;
  readonly version: number;
};

export type HistoryField = 'created' | 'title' | 'description' | 'status' | 'due' | 'priority' | 'assignees';

/** One change: values as people read them, null where there was none. A description is only said to have changed. */
export type HistoryEntry = {
  readonly field: HistoryField;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: PersonRef;
  /** ISO 8601, UTC. */
  readonly at: string;
};

export type ToDo = Card & {
  readonly description: string;
  readonly createdBy: PersonRef;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly completedAt: string | null;
  readonly history: readonly HistoryEntry[];
  readonly may: { readonly edit: boolean; readonly delete: boolean };
};

export type BoardColumn = {
  readonly statusId: string;
  /** All of them, shown or not. */
  readonly count: number;
  readonly cards: readonly Card[];
};
export type BoardAnswer = { readonly columns: readonly BoardColumn[] };
export type MoreCardsAnswer = { readonly cards: readonly Card[] };
export type ToDoAnswer = { readonly toDo: ToDo };
export type CardAnswer = { readonly card: Card };

export type MyToDo = Card & {
  readonly projectName: string;
  readonly statusName: string;
  readonly reportType: ReportType;
  /** Where "done" leads in this to-do's project; null when the viewer may not change it. */
  readonly doneStatusId: string | null;
};
export type MyWorkAnswer = {
  readonly toDos: readonly MyToDo[];
  /** More are open than the answer holds. */
  readonly more: boolean;
  readonly doneLastSevenDays: number;
};

const assigneeIds = z.array(id).max(lengths.assignees, `At most ${lengths.assignees} people.`);
const priority = z.union([z.literal([...priorities]), z.null()]);

export const createToDoRequest = z.strictObject({
  creationKey,
  title: oneLine(lengths.title),
  description: prose(lengths.description).optional(),
  statusId: id.optional(),
  dueOn: day.nullable().optional(),
  priority: priority.optional(),
  assigneeIds: assigneeIds.optional(),
});
export type CreateToDoRequest = z.infer<typeof createToDoRequest>;

export const editToDoRequest = z
  .strictObject({
    version,
    title: oneLine(lengths.title).optional(),
    description: prose(lengths.description).optional(),
    statusId: id.optional(),
    dueOn: day.nullable().optional(),
    priority: priority.optional(),
    assigneeIds: assigneeIds.optional(),
  })
  .refine((body) => Object.keys(body).length > 1, 'Say at least one thing to change.');
export type EditToDoRequest = z.infer<typeof editToDoRequest>;

/** Puts a card into a column right after another card, or first when `afterNumber` is null. */
export const moveToDoRequest = z.strictObject({ statusId: id, afterNumber: z.int().min(1).nullable() });
export type MoveToDoRequest = z.infer<typeof moveToDoRequest>;

export const deleteToDoRequest = z.strictObject({ version });
export type DeleteToDoRequest = z.infer<typeof deleteToDoRequest>;

export const moreCardsQuery = z.strictObject({ statusId: id, afterRank: z.string().max(200) });
