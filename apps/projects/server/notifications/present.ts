/** Rows of notifications as the API shows them. Pure. */
import {
  type Notification,
  type NotificationSettings,
  type NotificationWay,
  notificationKinds,
} from '../../wire/notification.ts';
import { defaultWays } from './rules.ts';
import type { NotificationTables } from './schema.ts';

type Row = NotificationTables['notifications'] & {
  readonly project_key: string;
  readonly project_name: string;
  readonly number: number | null;
  readonly actor: string | null;
  readonly comment_words: string | null;
};

export function presentNotification(row: Row): Notification {
  return {
    id: row.id,
    kind: row.kind,
    by: row.actor_id === null ? null : { id: row.actor_id, name: row.actor ?? 'Somebody who left' },
    projectKey: row.project_key,
    projectName: row.project_name,
    number: row.number,
    title: row.title,
    detail: row.comment_words ?? row.detail,
    commentId: row.comment_id,
    at: new Date(row.created_at).toISOString(),
    read: row.read_at !== null,
  };
}

export const defaultPerson = { frequency: 'daily', hour: 8, time_zone: 'UTC' } as const;

export function presentSettings(
  rows: readonly NotificationTables['notification_ways'][],
  person: NotificationTables['notification_people'] | undefined,
  mutedProjects: readonly string[],
  mailWorks: boolean,
): NotificationSettings {
  const chosen = new Map<string, NotificationWay>(rows.map(({ kind, way }) => [kind, way]));
  const { frequency, hour, time_zone } = person ?? defaultPerson;
  const ways = Object.fromEntries(notificationKinds.map((kind) => [kind, chosen.get(kind) ?? defaultWays[kind]]));
  return {
    ways: ways as NotificationSettings['ways'],
    frequency,
    hour,
    timeZone: time_zone,
    mutedProjects,
    mailWorks,
  };
}
