/** The tables of notifications: what was told to whom, and how each person wants to be told. */
import type { MailFrequency, NotificationKind, NotificationWay } from '../../wire/notification.ts';

export type NotificationTables = {
  notifications: {
    id: string;
    person_id: string;
    kind: NotificationKind;
    project_id: string;
    to_do_id: string | null;
    /** Null where nobody did it. */
    actor_id: string | null;
    title: string;
    /** Empty where a comment is told: its words are read from it. */
    detail: string;
    /** The comment that is told. */
    comment_id: string | null;
    /** Unique for a person: what was told once is not told again. */
    once: string;
    created_at: number;
    read_at: number | null;
    /** Whether it goes by mail: `waiting` until a mail that holds it was claimed. */
    mail: 'no' | 'waiting' | 'claimed';
    /** The mail it went with. */
    mail_id: string | null;
  };
  notification_ways: { person_id: string; kind: NotificationKind; way: NotificationWay };
  notification_people: {
    person_id: string;
    frequency: MailFrequency;
    hour: number;
    time_zone: string;
  };
  notification_mutes: { person_id: string; project_id: string };
};
