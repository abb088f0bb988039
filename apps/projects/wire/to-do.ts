/** To-dos, the board and the history of a to-do, as the API shows and takes them. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import type { Day } from './days.ts';
import { creationKey, day, hours, id, lengths, oneLine, version } from './fields.ts';
import type { PersonRef } from './me.ts';
import type { Problem } from './problem.ts';
import { projectKey } from './project.ts';
import { type RichDoc, richText } from './rich-text.ts';
import { type Tag, tagNames } from './tag.ts';

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

export const toDoTypes = ['task', 'story', 'bug'] as const;
/** A subtask is any to-do with a parent. */
export type ToDoType = (typeof toDoTypes)[number];
export const toDoTypeNames: Readonly<Record<ToDoType, string>> = { task: 'Task', story: 'Story', bug: 'Bug' };

/** How large: from two minutes to far too large. Null is "not said". */
export const efforts = [0.5, 1, 2, 3, 5, 8, 13] as const;
export type Effort = (typeof efforts)[number];
export const effortNames: Readonly<Record<Effort, string>> = {
  0.5: 'Two minutes',
  1: 'XS',
  2: 'S',
  3: 'M',
  5: 'L',
  8: 'XL',
  13: 'XXL',
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
  readonly type: ToDoType;
  readonly effort: Effort | null;
  readonly tags: readonly Tag[];
  readonly milestoneId: string | null;
  readonly sprintId: string | null;
  /** The number of the to-do that this one is a part of, in the same project. */
  readonly parentNumber: number | null;
  readonly workStartOn: Day | null;
  readonly workEndOn: Day | null;
  readonly plannedHours: number | null;
  readonly remainingHours: number | null;
  readonly subtasks: { readonly done: number; readonly total: number };
  /** How many to-dos that are not done yet this one waits for. */
  readonly openBlockers: number;
  readonly comments: number;
  readonly files: number;
  readonly rank: string;
  readonly version: number;
};

export const historyFields = [
  'created',
  'title',
  'description',
  'status',
  'due',
  'priority',
  'assignees',
  'type',
  'effort',
  'tags',
  'milestone',
  'sprint',
  'parent',
  'workStart',
  'workEnd',
  'plannedHours',
  'remainingHours',
  'blockers',
  'project',
  'trashed',
  'restored',
] as const;
export type HistoryField = (typeof historyFields)[number];

/**
 * One change. People, statuses, tags and to-dos come as their names, a description as so much of its text as shows the change, everything
 * else as it is kept: a priority as its number, a day as `YYYY-MM-DD`. Null where there was nothing.
 */
export type HistoryEntry = {
  readonly id: string;
  /** The same for everything that one act changed; null for what was done before this was kept. */
  readonly changeId: string | null;
  readonly field: HistoryField;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: PersonRef;
  /** ISO 8601, UTC. */
  readonly at: string;
};

/** Another to-do of the project, as a to-do names it. */
export type ToDoRef = {
  readonly number: number;
  readonly title: string;
  readonly statusId: string;
  readonly done: boolean;
};

/** A subtask, as its whole shows it. */
export type PartRef = ToDoRef & Pick<Card, 'dueOn' | 'assignees'>;

export type ToDo = Card & {
  readonly description: RichDoc;
  readonly parent: ToDoRef | null;
  /** In their own order. */
  readonly parts: readonly PartRef[];
  readonly blockedBy: readonly ToDoRef[];
  readonly blocks: readonly ToDoRef[];
  readonly watching: boolean;
  readonly watchers: readonly PersonRef[];
  readonly createdBy: PersonRef;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly completedAt: string | null;
  readonly history: readonly HistoryEntry[];
  readonly may: {
    readonly edit: boolean;
    readonly delete: boolean;
    readonly watch: boolean;
    readonly comment: boolean;
  };
};

export type BoardColumn = {
  readonly statusId: string;
  /** All of them, shown or not. */
  readonly count: number;
  /** How many of them are subtasks, which the limit of a column does not count: their whole stands for them. */
  readonly parts: number;
  readonly cards: readonly Card[];
};
export type BoardAnswer = { readonly columns: readonly BoardColumn[] };
export type ToDoAnswer = { readonly toDo: ToDo };
export type CardAnswer = { readonly card: Card };
/** What an act changed can be undone by its id; null when it changed nothing that can. */
export type Changed = { readonly changeId: string | null };

const assigneeIds = z.array(id).max(lengths.assignees, marked('At most {max} people.'));
const priority = z.union([z.literal([...priorities]), z.null()]);

/** What can be said when a to-do is made and changed later. */
const details = {
  description: richText(lengths.description).optional(),
  statusId: id.optional(),
  dueOn: day.nullable().optional(),
  priority: priority.optional(),
  assigneeIds: assigneeIds.optional(),
  type: z.literal([...toDoTypes]).optional(),
  effort: z.union([z.literal([...efforts]), z.null()]).optional(),
  tags: tagNames.optional(),
  milestoneId: id.nullable().optional(),
  sprintId: id.nullable().optional(),
  parentNumber: z.int().min(1).nullable().optional(),
  workStartOn: day.nullable().optional(),
  workEndOn: day.nullable().optional(),
  plannedHours: hours.nullable().optional(),
  remainingHours: hours.nullable().optional(),
};

export const createToDoRequest = z.strictObject({ creationKey, title: oneLine(lengths.title), ...details });
export type CreateToDoRequest = z.infer<typeof createToDoRequest>;

export const blockersMax = 50;
export const editToDoRequest = z
  .strictObject({
    version,
    title: oneLine(lengths.title).optional(),
    ...details,
    /** Numbers of the to-dos of this project that it waits for: all of them. */
    blockedBy: z.array(z.int().min(1)).max(blockersMax, marked('At most {max} to-dos.')).optional(),
  })
  .refine((body) => Object.keys(body).length > 1, marked('Say at least one thing to change.'));
export type EditToDoRequest = z.infer<typeof editToDoRequest>;

/** What putting a card into another lane of a board changes of it. */
export const laneChange = z.strictObject({
  dueOn: details.dueOn,
  priority: details.priority,
  assigneeIds: details.assigneeIds,
  type: details.type,
  effort: details.effort,
  tags: details.tags,
  milestoneId: details.milestoneId,
  sprintId: details.sprintId,
});
export type LaneChange = z.infer<typeof laneChange>;

/**
 * Puts a card into a column right after another card, or first when `afterNumber` is null; with `beforeNumber`, right before
 * that one; into another lane with what that lane stands for.
 */
export const moveToDoRequest = z.strictObject({
  statusId: id,
  afterNumber: z.int().min(1).nullable(),
  beforeNumber: z.int().min(1).optional(),
  change: laneChange.optional(),
});
export type MoveToDoRequest = z.infer<typeof moveToDoRequest>;

/** What is changed of each of several: of its people and tags also some alone, so that it keeps its others. */
const severalChange = laneChange.extend({
  statusId: details.statusId,
  addAssigneeIds: details.assigneeIds,
  removeAssigneeIds: details.assigneeIds,
  addTags: details.tags,
  removeTags: details.tags,
});
export type SeveralChange = z.infer<typeof severalChange>;

export const severalMax = 200;
/** Changes or trashes several to-dos at once: each that can be, as one act. */
export const changeSeveralRequest = z
  .strictObject({
    numbers: z.array(z.int().min(1)).min(1).max(severalMax, marked('At most {max} to-dos at once.')),
    change: severalChange.optional(),
    trash: z.literal(true).optional(),
  })
  .refine(
    ({ change, trash }) => (trash ? change === undefined : change && Object.keys(change).length > 0),
    marked('Say one thing to do: a change, or the trash.'),
  );
export type ChangeSeveralRequest = z.infer<typeof changeSeveralRequest>;
/** One of several that nothing was done to, and why. */
export type RefusedToDo = { readonly projectKey: string; readonly number: number; readonly problem: Problem };
export type ChangeSeveralAnswer = Changed & {
  /** How many are not as they were. */
  readonly count: number;
  /** By number. Where all of them are refused for one and the same reason, the whole request is, for that. */
  readonly refusals: readonly RefusedToDo[];
};

export const deleteToDoRequest = z.strictObject({ version });
export type DeleteToDoRequest = z.infer<typeof deleteToDoRequest>;

export const undoRequest = z.strictObject({ changeId: id });

export const linesMax = 100;
/** A line that says more than a title. */
const part = z.strictObject({
  title: oneLine(lengths.title),
  dueOn: details.dueOn,
  priority: details.priority,
  assigneeIds: details.assigneeIds,
  effort: details.effort,
  tags: details.tags,
  plannedHours: details.plannedHours,
  /** Whether it is made as one that is done. */
  done: z.boolean().optional(),
});

/** Makes a subtask of each line. */
export const addPartsRequest = z.strictObject({
  creationKey: creationKey.max(60),
  titles: z
    .array(z.union([oneLine(lengths.title), part]))
    .min(1)
    .max(linesMax, marked('At most {max} lines at once.')),
});
export type NewPart = z.infer<typeof part>;
export type AddPartsRequest = z.infer<typeof addPartsRequest>;

/** The title is the client's to choose, in the person's own language. */
export const duplicateRequest = z.strictObject({ creationKey, title: oneLine(lengths.title) });
export type DuplicateRequest = z.infer<typeof duplicateRequest>;

export const transferRequest = z.strictObject({ version, projectKey });
export type TransferRequest = z.infer<typeof transferRequest>;

/** Beside a 404: where a to-do of that number went. */
export type MovedTo = { readonly movedTo: { readonly projectKey: string; readonly number: number } };

/** A change of a text from its whole old to its whole new value. */
export type HistoryTexts = { readonly from: string; readonly to: string };
