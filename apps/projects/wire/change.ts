/**
 * What can happen in the workspace, by name: the kinds of the change record, of live events and of webhooks. A kind is
 * permanent once released. Knows no table; who may learn of a change is the server's to decide.
 */

export const changeKinds = [
  'toDo.created',
  'toDo.changed',
  'toDo.moved',
  'toDo.trashed',
  'toDo.restored',
  'toDo.purged',
  'comment.added',
  'comment.changed',
  'comment.removed',
  'comment.reacted',
  'file.added',
  'file.removed',
  'tag.changed',
  'tag.removed',
  'milestone.created',
  'milestone.changed',
  'milestone.removed',
  'sprint.created',
  'sprint.changed',
  'sprint.removed',
  'goal.created',
  'goal.changed',
  'goal.removed',
  'statusUpdate.added',
  'view.saved',
  'view.removed',
  'project.created',
  'project.changed',
  'project.trashed',
  'project.restored',
  'project.purged',
  'project.imported',
  'member.set',
  'member.removed',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/**
 * The facts that tell a change, all small. `subjectId` of the record names the thing itself: for `comment.*` and
 * `file.*` the to-do they belong to, and for a file of the project itself the project.
 */
export type ChangeFacts = {
  /** Of the to-do. */
  readonly number?: number;
  /** Of the to-do, milestone, sprint or goal; the name of a project. */
  readonly title?: string;
  /** What changed: `title`, `due`, `status` … */
  readonly fields?: readonly string[];
  /** Names of the column it left and the one it came to. */
  readonly fromStatus?: string;
  readonly toStatus?: string;
  /** People who have the to-do now and did not before. */
  readonly assignedIds?: readonly string[];
  /** People whom a text names now and did not before. */
  readonly mentionedIds?: readonly string[];
  readonly commentId?: string;
  /** Of a comment or a file that was added: it was there before and removed. */
  readonly restored?: boolean;
  /** The person a membership is about. */
  readonly personId?: string;
  /** How many to-dos an import brought. */
  readonly count?: number;
  /** Of a status update: green, yellow or red. */
  readonly tone?: string;
  /** The first words of a status update, as plain text, 200 characters at most. Those of a comment stand in the comment alone. */
  readonly excerpt?: string;
  readonly [fact: string]: unknown;
};
