/**
 * Makes notifications and deliveries of webhooks of the change record. Each change is claimed by compare-and-swap in the transaction that writes what is
 * made of it, so it is told once, whichever of several processes hears of it first, and none is lost with a process that dies:
 * what was not claimed is looked for again. Sends nothing.
 */
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import type { NotificationKind } from '../../wire/notification.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { readAudience } from '../live/audience.ts';
import { bellWordFor, type ChangeRow } from '../live/hub.ts';
import { writeDeliveries } from '../webhooks/enqueue.ts';
import { defaultWays, detailOf, passesMute, type Told, whomToTell } from './rules.ts';

const batchMax = 100;
/** Older ones are of a time before notifications, or of an import: nobody wants them today. */
const ageMsMax = 2 * 86_400_000;

/** Tells everything that waits. Answers with how many changes it claimed. */
export async function tellWaiting(workspace: Workspace): Promise<number> {
  let claimed = 0;
  for (;;) {
    const waiting = await workspace.db
      .selectFrom('changes')
      .selectAll()
      .where('told', '=', 0)
      .orderBy('id')
      .limit(batchMax)
      .execute();
    let mine = 0;
    for (const change of waiting) if (await tell(workspace, change)) mine += 1;
    claimed += mine;
    // Another process has the others.
    if (waiting.length < batchMax || mine === 0) return claimed;
  }
}

function tell(workspace: Workspace, change: ChangeRow): Promise<boolean> {
  return workspace.db.transaction().execute(async (trx) => {
    const claim = await trx
      .updateTable('changes')
      .set({ told: 1 })
      .where('id', '=', change.id)
      .where('told', '=', 0)
      .returning('id')
      .executeTakeFirst();
    if (!claim) return false;
    if (change.at >= workspace.now() - ageMsMax) {
      await writeNotifications(workspace, trx, change);
      await ringAgain(workspace, trx, change);
      await writeDeliveries(workspace, trx, change);
    }
    return true;
  });
}

async function writeNotifications(workspace: Workspace, trx: Executor, change: ChangeRow): Promise<void> {
  const projectId = change.project_id;
  if (!projectId) return;
  const facts = JSON.parse(change.facts) as ChangeFacts;
  // A file without the number of a to-do is the project's own.
  const isOfToDo = /^(toDo|comment|file)\./.test(change.kind) && facts.number !== undefined;
  const toDoId = isOfToDo ? change.subject_id : null;
  const told = whomToTell({
    kind: change.kind,
    actorId: change.actor_id,
    facts,
    followers: toDoId === null ? [] : await readFollowers(trx, toDoId),
    members: change.kind === 'statusUpdate.added' ? await readMembers(trx, projectId) : [],
  });
  if (told.length === 0) return;
  const stillThere = toDoId === null || (await isThere(trx, toDoId));
  if (!stillThere) return;
  for (const { personId, kind, way } of await chooseWays(trx, projectId, told))
    await writeNotification(workspace, trx, {
      personId,
      kind,
      projectId,
      toDoId,
      actorId: change.actor_id,
      title: facts.title ?? '',
      detail: detailOf(kind, facts),
      commentId: kind === 'comment' || kind === 'mention' ? (facts.commentId ?? null) : null,
      once: kind === 'invited' ? `invited ${projectId}` : `change ${change.id}`,
      mail: way === 'mail',
    });
}

const countAnew: ReadonlySet<ChangeKind> = new Set([
  'toDo.trashed',
  'toDo.restored',
  'comment.removed',
  'comment.added',
]);

/** What was told and is in the trash or removed now waits for nobody, until it is back: open pages count anew. */
async function ringAgain(workspace: Workspace, trx: Executor, { kind, subject_id }: ChangeRow): Promise<void> {
  if (!countAnew.has(kind)) return;
  const rows = await trx
    .selectFrom('notifications')
    .select('person_id')
    .distinct()
    .where('to_do_id', '=', subject_id)
    .where('read_at', 'is', null)
    .execute();
  for (const { person_id } of rows)
    await workspace.announcements.announce(trx.withTables<never>(), bellWordFor(person_id));
}

type NewNotification = {
  readonly personId: string;
  readonly kind: NotificationKind;
  readonly projectId: string;
  readonly toDoId: string | null;
  readonly actorId: string | null;
  readonly title: string;
  readonly detail: string;
  readonly commentId?: string | null;
  readonly once: string;
  readonly mail: boolean;
};

export async function writeNotification(workspace: Workspace, trx: Executor, told: NewNotification): Promise<void> {
  const written = await trx
    .insertInto('notifications')
    .values({
      id: workspace.newId(),
      person_id: told.personId,
      kind: told.kind,
      project_id: told.projectId,
      to_do_id: told.toDoId,
      actor_id: told.actorId,
      title: told.title,
      detail: told.detail,
      comment_id: told.commentId ?? null,
      once: told.once,
      created_at: workspace.now(),
      read_at: null,
      mail: told.mail ? 'waiting' : 'no',
      mail_id: null,
    })
    .onConflict((conflict) => conflict.columns(['person_id', 'once']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (written) await workspace.announcements.announce(trx.withTables<never>(), bellWordFor(told.personId));
}

/** Leaves out who may not see the project, who silenced it, and who does not want to hear of such things. */
export async function chooseWays(
  trx: Executor,
  projectId: string,
  told: readonly Told[],
): Promise<(Told & { readonly way: 'mail' | 'app' })[]> {
  const ids = told.map(({ personId }) => personId);
  const audience = await readAudience(trx, [projectId], ids);
  const muted = await trx
    .selectFrom('notification_mutes')
    .select('person_id')
    .where('project_id', '=', projectId)
    .where('person_id', 'in', ids)
    .execute();
  const mutedIds = new Set(muted.map(({ person_id }) => person_id));
  const rows = await trx.selectFrom('notification_ways').selectAll().where('person_id', 'in', ids).execute();
  const ways = new Map(rows.map((row) => [`${row.person_id} ${row.kind}`, row.way]));
  return told.flatMap((each) => {
    const way = ways.get(`${each.personId} ${each.kind}`) ?? defaultWays[each.kind];
    const isSilent = way === 'none' || (mutedIds.has(each.personId) && !passesMute(each.kind));
    return isSilent || !audience.maySee(each.personId, projectId) ? [] : [{ ...each, way }];
  });
}

async function readFollowers(trx: Executor, toDoId: string): Promise<string[]> {
  const [toDo, assignees, watchers] = await Promise.all([
    trx.selectFrom('to_dos').select('created_by').where('id', '=', toDoId).executeTakeFirst(),
    trx.selectFrom('to_do_assignees').select('person_id').where('to_do_id', '=', toDoId).execute(),
    trx.selectFrom('watchers').select(['person_id', 'watching']).where('to_do_id', '=', toDoId).execute(),
  ]);
  const followers = new Set([
    ...(toDo ? [toDo.created_by] : []),
    ...[...assignees, ...watchers].map(({ person_id }) => person_id),
  ]);
  for (const { person_id, watching } of watchers) if (watching === 0) followers.delete(person_id);
  return [...followers];
}

async function readMembers(trx: Executor, projectId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('project_members')
    .select('person_id')
    .where('project_id', '=', projectId)
    .execute();
  return rows.map(({ person_id }) => person_id);
}

async function isThere(trx: Executor, toDoId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('to_dos')
    .select('id')
    .where('id', '=', toDoId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
