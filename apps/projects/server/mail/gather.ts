/**
 * Gathers what waits to be mailed: for everyone whose moment has come one row of the queue, and their notifications go with
 * it. Several processes may do so at once; each notification goes with one mail. Sends nothing.
 */
import type { Workspace } from '../api/workspace.ts';
import { defaultPerson } from '../notifications/present.ts';
import { lastDue } from './rhythm.ts';

/** Longer than a week's rhythm; what waited before there was mail at all is not news. */
const ageMsMax = 8 * 86_400_000;
const pageMax = 500;
/** Of one round: where mail is switched on late there may be years of them. */
const oldMax = 5_000;

export async function gatherMail(workspace: Workspace): Promise<void> {
  const since = workspace.now() - ageMsMax;
  await leaveOutOld(workspace, since);
  for (let after = ''; ; ) {
    const page = await readWaiting(workspace, since, after);
    for (const each of page) await gatherFor(workspace, since, each);
    after = page.at(-1)?.personId ?? '';
    if (page.length < pageMax) return;
  }
}

/**
 * The next of those for whom something waits. Whose hour has not come is among them, and is asked about again in the next
 * round: that is why there are pages, so that nobody waits behind them.
 */
function readWaiting({ db }: Workspace, since: number, after: string) {
  return db
    .selectFrom('notifications')
    .leftJoin('notification_people', 'notification_people.person_id', 'notifications.person_id')
    .where('mail', '=', 'waiting')
    .where('created_at', '>', since)
    .where('notifications.person_id', '>', after)
    .groupBy(['notifications.person_id', 'frequency', 'hour', 'time_zone'])
    .select(({ fn }) => [
      'notifications.person_id as personId',
      'frequency',
      'hour',
      'time_zone',
      fn.min<number>('created_at').as('oldest'),
    ])
    .orderBy('notifications.person_id')
    .limit(pageMax)
    .execute();
}

type Waiting = Awaited<ReturnType<typeof readWaiting>>[number];

async function gatherFor(workspace: Workspace, since: number, waiting: Waiting): Promise<void> {
  const { personId, frequency, hour, time_zone, oldest } = waiting;
  const chosen = frequency ?? defaultPerson.frequency;
  const rhythm = { hour: hour ?? defaultPerson.hour, timeZone: time_zone ?? defaultPerson.time_zone };
  if (chosen === 'never') await leaveOut(workspace, personId);
  else if (Number(oldest) <= lastDue({ ...rhythm, frequency: chosen }, workspace.now()))
    await queueMail(workspace, since, personId);
}

/** What somebody has read by now is no news. */
async function queueMail({ db, now, newId }: Workspace, since: number, personId: string): Promise<void> {
  const id = newId();
  await db.transaction().execute(async (trx) => {
    const taken = await trx
      .updateTable('notifications')
      .set({ mail: 'claimed', mail_id: id })
      .where('person_id', '=', personId)
      .where('mail', '=', 'waiting')
      .where('created_at', '>', since)
      .returning('read_at')
      .execute();
    if (!taken.some(({ read_at }) => read_at === null)) return;
    await trx
      .insertInto('mail_queue')
      .values({
        id,
        person_id: personId,
        state: 'waiting',
        attempts: 0,
        due_at: now(),
        handed_at: null,
        created_at: now(),
        ended_at: null,
      })
      .execute();
  });
}

async function leaveOutOld({ db }: Workspace, since: number): Promise<void> {
  const old = db
    .selectFrom('notifications')
    .select('id')
    .where('mail', '=', 'waiting')
    .where('created_at', '<=', since)
    .limit(oldMax);
  await db
    .updateTable('notifications')
    .set({ mail: 'no' })
    .where('id', 'in', old)
    .where('mail', '=', 'waiting')
    .execute();
}

async function leaveOut({ db }: Workspace, personId: string): Promise<void> {
  await db
    .updateTable('notifications')
    .set({ mail: 'no' })
    .where('person_id', '=', personId)
    .where('mail', '=', 'waiting')
    .execute();
}
