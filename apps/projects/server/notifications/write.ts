/** Writes notifications, each once, and rings for whom there is a new one. Decides nothing. */
import type { Executor, Workspace } from '../api/workspace.ts';
import { bellWordFor } from '../live/hub.ts';
import type { Told } from './rules.ts';

/** What may be told somebody. */
export type Notice = Told & {
  readonly projectId: string;
  readonly toDoId: string | null;
  readonly actorId: string | null;
  readonly title: string;
  readonly detail: string;
  readonly commentId: string | null;
  /** What was told a person under this name is not told again. */
  readonly once: string;
  /** When what is told happened. */
  readonly at: number;
};

export type NewNotification = Notice & { readonly way: 'mail' | 'app' };

/** Of one statement: databases take so many values at once and no more. */
const rowsMax = 500;

export async function writeNotifications(
  workspace: Workspace,
  trx: Executor,
  told: readonly NewNotification[],
): Promise<void> {
  const ringing = new Set<string>();
  for (let from = 0; from < told.length; from += rowsMax) {
    const rows = told.slice(from, from + rowsMax).map((each) => rowOf(workspace, each));
    const written = await trx
      .insertInto('notifications')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['person_id', 'once']).doNothing())
      .returning('person_id')
      .execute();
    for (const { person_id } of written) ringing.add(person_id);
  }
  const words = [...ringing].map(bellWordFor);
  if (words.length > 0) await workspace.announcements.announce(trx.withTables<never>(), ...words);
}

function rowOf({ newId }: Workspace, told: NewNotification) {
  return {
    id: newId(),
    person_id: told.personId,
    kind: told.kind,
    project_id: told.projectId,
    to_do_id: told.toDoId,
    actor_id: told.actorId,
    title: told.title,
    detail: told.detail,
    comment_id: told.commentId,
    once: told.once,
    created_at: told.at,
    read_at: null,
    mail: told.way === 'mail' ? ('waiting' as const) : ('no' as const),
    mail_id: null,
  };
}
