/**
 * Reads somebody's own notifications and how they want to be told. A to-do that moved is told of where it is now, and only
 * to whom may see that project.
 */
import type { Notification, NotificationSettings } from '../../wire/notification.ts';
import type { Executor } from '../api/workspace.ts';
import { firstWords } from '../comments/queries.ts';
import { readAudience } from '../live/audience.ts';
import type { Viewer } from '../projects/policy.ts';
import { inSight } from '../projects/queries.ts';
import { presentNotification, presentSettings } from './present.ts';

const pageSize = 30;

export type Page = { readonly only?: 'mentions' | undefined; readonly before?: string | undefined };

export async function listNotifications(
  db: Executor,
  viewer: Viewer,
  { only, before }: Page,
): Promise<{ notifications: Notification[]; next: string | null }> {
  const [at, lastId] = before?.split('.') ?? [];
  const rows = await selectOwn(db, viewer)
    .leftJoin('people', 'people.id', 'notifications.actor_id')
    .selectAll('notifications')
    .select(['projects.key as project_key', 'projects.name as project_name', 'to_dos.number', 'people.name as actor'])
    .select(firstWords.as('comment_words'))
    .$if(only === 'mentions', (query) => query.where('notifications.kind', '=', 'mention'))
    .$if(at !== undefined, (query) =>
      query.where(({ or, and, eb }) =>
        or([
          eb('notifications.created_at', '<', Number(at)),
          and([eb('notifications.created_at', '=', Number(at)), eb('notifications.id', '<', lastId ?? '')]),
        ]),
      ),
    )
    .orderBy('notifications.created_at', 'desc')
    .orderBy('notifications.id', 'desc')
    .limit(pageSize + 1)
    .execute();
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    notifications: shown.map(presentNotification),
    next: rows.length > pageSize && last ? `${last.created_at}.${last.id}` : null,
  };
}

/** As `countUnread` of one person alone. */
export async function countOwnUnread(db: Executor, viewer: Viewer): Promise<number> {
  const { count } = await selectOwn(db, viewer)
    .where('notifications.read_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Of each of these people, of the projects that they may see now. */
export async function countUnread(db: Executor, personIds: readonly string[]): Promise<Map<string, number>> {
  if (personIds.length === 0) return new Map();
  const rows = await selectTold(db)
    .where('notifications.person_id', 'in', personIds)
    .where('notifications.read_at', 'is', null)
    .groupBy(['notifications.person_id', 'projects.id'])
    .select(({ fn }) => [
      'notifications.person_id as personId',
      'projects.id as projectId',
      fn.countAll<number>().as('count'),
    ])
    .execute();
  const audience = await readAudience(db, [...new Set(rows.map(({ projectId }) => projectId))], personIds);
  const unread = new Map<string, number>();
  for (const { personId, projectId, count } of rows)
    if (audience.maySee(personId, projectId)) unread.set(personId, (unread.get(personId) ?? 0) + Number(count));
  return unread;
}

/**
 * Those of the viewer, of the projects that they see. By a join: with a list of what they see PostgreSQL would not know that
 * the first of them are found at once.
 */
function selectOwn(db: Executor, viewer: Viewer) {
  return selectTold(db)
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.project_id', '=', 'projects.id').on('project_members.person_id', '=', viewer.id),
    )
    .where('notifications.person_id', '=', viewer.id)
    .where('projects.purged_at', 'is', null)
    .where(inSight(viewer));
}

/** Notifications with the project that their to-do is in now, but for those of a to-do in the trash or of a removed comment. */
export function selectTold(db: Executor) {
  return db
    .selectFrom('notifications')
    .leftJoin('to_dos', 'to_dos.id', 'notifications.to_do_id')
    .innerJoin('projects', (join) =>
      join.on(({ eb, fn, ref }) =>
        eb('projects.id', '=', fn.coalesce(ref('to_dos.project_id'), ref('notifications.project_id'))),
      ),
    )
    .leftJoin('comments', 'comments.id', 'notifications.comment_id')
    .where('to_dos.deleted_at', 'is', null)
    .where('comments.removed_at', 'is', null);
}

export async function readSettings(db: Executor, personId: string, mailWorks: boolean): Promise<NotificationSettings> {
  const ways = await db.selectFrom('notification_ways').selectAll().where('person_id', '=', personId).execute();
  const person = await db
    .selectFrom('notification_people')
    .selectAll()
    .where('person_id', '=', personId)
    .executeTakeFirst();
  const muted = await db
    .selectFrom('notification_mutes')
    .innerJoin('projects', 'projects.id', 'notification_mutes.project_id')
    .select('projects.key')
    .where('person_id', '=', personId)
    .orderBy('projects.key')
    .execute();
  return presentSettings(
    ways,
    person,
    muted.map(({ key }) => key),
    mailWorks,
  );
}
