/** Tells people once that a to-do of theirs is due today or overdue, when the day has begun where they live. */
import type { Workspace } from '../api/workspace.ts';
import { chooseWays } from './ways.ts';
import { type Notice, writeNotifications } from './write.ts';

const pageMax = 500;
/** What was due long ago is seen at home; nobody is told of it now. */
const agoMsMax = 7 * 86_400_000;
const dayMs = 86_400_000;
/** Nobody is told in the night. */
const firstHour = 6;

export async function tellDue(workspace: Workspace): Promise<void> {
  const now = workspace.now();
  for (let after: DueRow | undefined; ; ) {
    const rows = await readDue(workspace, now, after);
    for (const row of rows) await tell(workspace, now, row);
    after = rows.at(-1);
    if (rows.length < pageMax) return;
  }
}

/**
 * The next that were not told yet, but for those who do not want to hear of it. Whose day has not begun is among them, and is
 * asked about again in the next round: that is why there are pages, so that nobody waits behind them.
 */
async function readDue({ db }: Workspace, now: number, after: DueRow | undefined): Promise<DueRow[]> {
  return (
    db
      .selectFrom('to_do_assignees')
      .innerJoin('to_dos', 'to_dos.id', 'to_do_assignees.to_do_id')
      .innerJoin('projects', 'projects.id', 'to_dos.project_id')
      .leftJoin('notification_people', 'notification_people.person_id', 'to_do_assignees.person_id')
      .where('to_dos.completed_at', 'is', null)
      .where('to_dos.deleted_at', 'is', null)
      .where('projects.state', '=', 'open')
      .where('projects.deleted_at', 'is', null)
      // The day begins in the east up to 14 hours before it does in UTC.
      .where('to_dos.due_on', '<=', dayIn('UTC', now + 14 * 3_600_000))
      .where('to_dos.due_on', '>=', dayIn('UTC', now - agoMsMax))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('notifications')
              .select('notifications.id')
              .whereRef('notifications.to_do_id', '=', 'to_dos.id')
              .whereRef('notifications.person_id', '=', 'to_do_assignees.person_id')
              .whereRef('notifications.detail', '=', 'to_dos.due_on')
              .where('notifications.kind', '=', 'due'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('notification_mutes')
              .select('notification_mutes.person_id')
              .whereRef('notification_mutes.person_id', '=', 'to_do_assignees.person_id')
              .whereRef('notification_mutes.project_id', '=', 'to_dos.project_id'),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('notification_ways')
              .select('notification_ways.person_id')
              .whereRef('notification_ways.person_id', '=', 'to_do_assignees.person_id')
              .where('notification_ways.kind', '=', 'due')
              .where('notification_ways.way', '=', 'none'),
          ),
        ),
      )
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) =>
          eb(
            refTuple('to_dos.due_on', 'to_dos.id', 'to_do_assignees.person_id'),
            '>',
            tuple(after?.due_on ?? '', after?.id ?? '', after?.person_id ?? ''),
          ),
        ),
      )
      .select([
        'to_do_assignees.person_id',
        'to_dos.id',
        'to_dos.title',
        'to_dos.due_on',
        'to_dos.project_id',
        'notification_people.time_zone',
      ])
      .orderBy('to_dos.due_on')
      .orderBy('to_dos.id')
      .orderBy('to_do_assignees.person_id')
      .limit(pageMax)
      .execute()
  );
}

type DueRow = {
  readonly person_id: string;
  readonly id: string;
  readonly title: string;
  readonly due_on: string | null;
  readonly project_id: string;
  readonly time_zone: string | null;
};

async function tell(workspace: Workspace, now: number, row: DueRow): Promise<void> {
  const { person_id, id, title, due_on, project_id } = row;
  const zone = row.time_zone ?? 'UTC';
  if (due_on === null || due_on > dayIn(zone, now) || hourIn(zone, now) < firstHour) return;
  const told: Notice = {
    ...{ kind: 'due', personId: person_id, projectId: project_id, toDoId: id, actorId: null, commentId: null, title },
    ...{ detail: due_on, once: `due ${id} ${due_on}`, at: now },
  };
  await workspace.db.transaction().execute(async (trx) => {
    await writeNotifications(workspace, trx, await chooseWays(trx, [told]));
  });
}

/** `YYYY-MM-DD`, as it is there. */
export function dayIn(timeZone: string, atMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(atMs);
}

export function hourIn(timeZone: string, atMs: number): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(atMs));
}

/** 1 is Monday. */
export function weekdayIn(timeZone: string, atMs: number): number {
  const midday = Date.parse(`${dayIn(timeZone, atMs)}T12:00:00Z`);
  return ((Math.floor(midday / dayMs) + 3) % 7) + 1;
}
