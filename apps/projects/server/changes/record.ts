/**
 * The change record: what happened, by whom, in one row. Every command writes it inside its own transaction, so that there
 * is no change without its record and no record without its change. Live updates, notifications, webhooks and calendars read
 * it; nobody else sends anything. Knows no reader.
 */
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import type { Executor, Workspace } from '../api/workspace.ts';

export type ChangeRecord = {
  readonly projectId: string | null;
  /** Who did it; never told about it. */
  readonly actorId: string;
  readonly kind: ChangeKind;
  /** Of the to-do, milestone, project … */
  readonly subjectId: string;
  readonly data: ChangeFacts;
};

/** `trx`: the transaction of the change itself. After its commit the readers hear of it. */
export async function recordChange(workspace: Workspace, trx: Executor, change: ChangeRecord): Promise<void> {
  const { id } = await trx
    .insertInto('changes')
    .values({
      project_id: change.projectId,
      actor_id: change.actorId,
      kind: change.kind,
      subject_id: change.subjectId,
      facts: JSON.stringify(change.data),
      at: workspace.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await workspace.announcements.announce(trx.withTables<never>(), String(id));
}
