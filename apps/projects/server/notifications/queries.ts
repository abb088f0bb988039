/** Reads somebody's own notifications and how they want to be told. */
import type { Notification, NotificationSettings } from '../../wire/notification.ts';
import type { Executor } from '../api/workspace.ts';
import { presentNotification, presentSettings } from './present.ts';

const pageSize = 30;

export type Page = { readonly only?: 'mentions' | undefined; readonly before?: string | undefined };

export async function listNotifications(
  db: Executor,
  personId: string,
  { only, before }: Page,
): Promise<{ notifications: Notification[]; next: string | null }> {
  const [at, lastId] = before?.split('.') ?? [];
  const rows = await db
    .selectFrom('notifications')
    .innerJoin('projects', 'projects.id', 'notifications.project_id')
    .leftJoin('to_dos', 'to_dos.id', 'notifications.to_do_id')
    .leftJoin('people', 'people.id', 'notifications.actor_id')
    .selectAll('notifications')
    .select(['projects.key as project_key', 'projects.name as project_name', 'to_dos.number', 'people.name as actor'])
    .where('notifications.person_id', '=', personId)
    .where('to_dos.deleted_at', 'is', null)
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

export async function countUnread(db: Executor, personIds: readonly string[]): Promise<Map<string, number>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('notifications')
    .where('person_id', 'in', personIds)
    .where('read_at', 'is', null)
    .groupBy('person_id')
    .select(({ fn }) => ['person_id', fn.countAll<number>().as('count')])
    .execute();
  return new Map(rows.map(({ person_id, count }) => [person_id, Number(count)]));
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
