/** Notifications, as the API shows them, and how a person wants to be told. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { id } from './fields.ts';
import type { PersonRef } from './me.ts';
import { projectKey } from './project.ts';

export const notificationKinds = [
  'mention',
  'assigned',
  'comment',
  'status',
  'due',
  'invited',
  'statusUpdate',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** `mail` is told in the workspace too; `none` nowhere. */
export const notificationWays = ['mail', 'app', 'none'] as const;
export type NotificationWay = (typeof notificationWays)[number];

export const mailFrequencies = ['immediate', 'hourly', 'daily', 'weekly', 'never'] as const;
export type MailFrequency = (typeof mailFrequencies)[number];

export type Notification = {
  readonly id: string;
  readonly kind: NotificationKind;
  /** Who did it; null where nobody did, as for a day that came. */
  readonly by: PersonRef | null;
  readonly projectKey: string;
  readonly projectName: string;
  /** Of the to-do, if it is about one. */
  readonly number: number | null;
  /** Of the to-do; the name of the project otherwise. */
  readonly title: string;
  /** What helps to understand it: the first words of a comment, a column, a day. */
  readonly detail: string;
  /** The comment that it tells of, if it tells of one. */
  readonly commentId: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly read: boolean;
};

export type NotificationsAnswer = {
  readonly notifications: readonly Notification[];
  readonly unread: number;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
};

export const notificationsQuery = z.strictObject({
  only: z.enum(['mentions']).optional(),
  before: z
    .string()
    .regex(/^\d{1,15}\.[\w-]{1,64}$/)
    .optional(),
});

/** Those with these ids, or those of this to-do; without either all of them. */
export const readNotificationsRequest = z.strictObject({
  ids: z.array(id).max(200).optional(),
  toDo: z.strictObject({ projectKey, number: z.int().min(1).max(999_999_999) }).optional(),
});
export type ReadNotificationsRequest = z.infer<typeof readNotificationsRequest>;

export type NotificationSettings = {
  readonly ways: Readonly<Record<NotificationKind, NotificationWay>>;
  readonly frequency: MailFrequency;
  /** At which hour of the person's own day, for `daily` and `weekly`. */
  readonly hour: number;
  readonly timeZone: string;
  readonly mutedProjects: readonly string[];
  /** Whether this workspace sends mail at all. */
  readonly mailWorks: boolean;
};

export type NotificationSettingsAnswer = { readonly settings: NotificationSettings };

const way = z.enum(notificationWays);

export const setNotificationsRequest = z.strictObject({
  ways: z.partialRecord(z.enum(notificationKinds), way).optional(),
  frequency: z.enum(mailFrequencies).optional(),
  hour: z.int().min(0).max(23).optional(),
  timeZone: z
    .string()
    .max(64)
    .refine((zone) => isTimeZone(zone), marked('There is no such time zone.'))
    .optional(),
});
export type SetNotificationsRequest = z.infer<typeof setNotificationsRequest>;

export const muteRequest = z.strictObject({ muted: z.boolean() });

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
