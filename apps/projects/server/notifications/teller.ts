/**
 * Makes notifications and deliveries of webhooks of the change record. All that waits is claimed and told in one transaction,
 * so each change is told once, whichever of several processes hears of it first, and none is lost with a process that dies:
 * what was not told is looked for again. Sends nothing.
 */
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import { type Executor, locking, type Workspace } from '../api/workspace.ts';
import { bellWordFor, type ChangeRow } from '../live/hub.ts';
import { writeDeliveries } from '../webhooks/enqueue.ts';
import { readFollowers, readMembers } from './followers.ts';
import { detailOf, whomToTell } from './rules.ts';
import { chooseWays } from './ways.ts';
import { type Notice, writeNotifications } from './write.ts';

const batchMax = 100;
const failuresMax = 10;
/** Older ones are of a time before notifications, or of an import: nobody wants them today. */
const ageMsMax = 2 * 86_400_000;

/** How many changes were told, and how many deliveries made of them. */
export type Telling = { readonly changes: number; readonly deliveries: number };

/** Tells everything that waits. One that cannot be told holds up none beside it, and throws once the others are told. */
export async function tellWaiting(workspace: Workspace): Promise<Telling> {
  const told = { changes: 0, deliveries: 0 };
  const failures: unknown[] = [];
  let [most, after] = [batchMax, 0];
  for (;;) {
    try {
      const { changes, deliveries } = await tellTogether(workspace, most, after);
      told.changes += changes;
      told.deliveries += deliveries;
      if (changes < most) break;
    } catch (cause) {
      if (most > 1) most = 1;
      else {
        failures.push(cause);
        const failed = await selectWaiting(workspace.db, after).select('id').limit(1).executeTakeFirst();
        // As many are no fault of theirs.
        if (!failed || failures.length === failuresMax) break;
        after = failed.id;
      }
    }
  }
  if (failures.length > 0) throw failures[0];
  return told;
}

function tellTogether(workspace: Workspace, most: number, after: number): Promise<Telling> {
  return workspace.db.transaction().execute(async (trx) => {
    const claimed = await claim(workspace, trx, most, after);
    const changes = claimed.filter(({ at }) => at >= workspace.now() - ageMsMax);
    await writeNotifications(workspace, trx, await chooseWays(trx, await whatToTell(trx, changes)));
    await ringAgain(workspace, trx, changes);
    return { changes: claimed.length, deliveries: await writeDeliveries(workspace, trx, changes) };
  });
}

/** In the order of their ids. Another process that asks waits until these are told. */
async function claim(workspace: Workspace, trx: Executor, most: number, after: number): Promise<ChangeRow[]> {
  const rows = await locking(workspace, selectWaiting(trx, after).selectAll().limit(most)).execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await trx.updateTable('changes').set({ told: 1 }).where('id', 'in', ids).execute();
  return rows;
}

function selectWaiting(db: Executor, after: number) {
  return db.selectFrom('changes').where('told', '=', 0).where('id', '>', after).orderBy('id');
}

async function whatToTell(trx: Executor, changes: readonly ChangeRow[]): Promise<Notice[]> {
  const read = changes.map((change) => ({ change, facts: JSON.parse(change.facts) as ChangeFacts }));
  const toDoIds = read.flatMap(({ change, facts }) => toDoOf(change, facts) ?? []);
  const followers = await readFollowers(trx, toDoIds);
  const updated = changes.filter(({ kind }) => kind === 'statusUpdate.added');
  const members = await readMembers(
    trx,
    updated.flatMap(({ project_id }) => project_id ?? []),
  );
  return read.flatMap(({ change, facts }) => {
    const { id, kind, project_id: projectId, actor_id: actorId, at } = change;
    const toDoId = toDoOf(change, facts);
    // A to-do that went into the trash is told of to nobody.
    if (projectId === null || (toDoId !== null && !followers.has(toDoId))) return [];
    const whom = whomToTell({
      ...{ kind, actorId, facts },
      followers: followers.get(toDoId ?? '') ?? [],
      members: members.get(projectId) ?? [],
    });
    return whom.map((told) => ({
      ...told,
      ...{ projectId, toDoId, actorId, at },
      title: facts.title ?? '',
      detail: detailOf(told.kind, facts),
      commentId: told.kind === 'comment' || told.kind === 'mention' ? (facts.commentId ?? null) : null,
      once: told.kind === 'invited' ? `invited ${projectId}` : `change ${id}`,
    }));
  });
}

/** A file without the number of a to-do is the project's own. */
function toDoOf({ kind, subject_id }: ChangeRow, { number }: ChangeFacts): string | null {
  return /^(toDo|comment|file)\./.test(kind) && number !== undefined ? subject_id : null;
}

const countAnew: ReadonlySet<ChangeKind> = new Set([
  'toDo.trashed',
  'toDo.restored',
  'comment.removed',
  'comment.added',
]);

/** What was told and is in the trash or removed now waits for nobody, until it is back: open pages count anew. */
async function ringAgain(workspace: Workspace, trx: Executor, changes: readonly ChangeRow[]): Promise<void> {
  const ids = changes.filter(({ kind }) => countAnew.has(kind)).map(({ subject_id }) => subject_id);
  if (ids.length === 0) return;
  const rows = await trx
    .selectFrom('notifications')
    .select('person_id')
    .distinct()
    .where('to_do_id', 'in', [...new Set(ids)])
    .where('read_at', 'is', null)
    .execute();
  const words = rows.map(({ person_id }) => bellWordFor(person_id));
  if (words.length > 0) await workspace.announcements.announce(trx.withTables<never>(), ...words);
}
