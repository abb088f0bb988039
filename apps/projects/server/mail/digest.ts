/**
 * What one mail tells: the notifications that go with it, as far as the person may still see them, grouped by what they are
 * about. Read when the mail is sent, so that rights that were taken away meanwhile count, and to-dos that moved to another
 * project.
 */
import type { NotificationKind } from '../../wire/notification.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { firstWords } from '../comments/queries.ts';
import { readAudience } from '../live/audience.ts';
import { dayIn } from '../notifications/due.ts';
import { defaultPerson } from '../notifications/present.ts';
import { selectTold } from '../notifications/queries.ts';
import type { Person } from '../people/person.ts';
import { commentLink } from './comment-links.ts';
import type { Mail } from './queue.ts';

export type Digest = {
  readonly to: Person;
  /** The day it is where the person lives. */
  readonly today: string;
  /** The latest last. */
  readonly groups: readonly DigestGroup[];
  /** How many came before those and are not told here. */
  readonly earlier: number;
};

export type DigestGroup = {
  /** `WEB-4`, or null where it is about a whole project. */
  readonly toDo: string | null;
  readonly title: string;
  readonly projectName: string;
  /** On this workspace; where comments are told, at the first of them. */
  readonly path: string;
  readonly events: readonly DigestEvent[];
};

/** More is read in the workspace. */
const eventsMax = 50;

export type DigestEvent = { readonly kind: NotificationKind; readonly by: string | null; readonly detail: string };

export async function readDigest({ db, now }: Workspace, mail: Mail): Promise<Digest | undefined> {
  const rows = await readRows(db, mail.id);
  const projectIds = [...new Set(rows.map(({ project_id }) => project_id))];
  const audience = await readAudience(db, projectIds, [mail.person_id]);
  const to = audience.people.get(mail.person_id);
  if (!to) return undefined;
  const seen = rows.filter(({ project_id }) => audience.maySee(to.id, project_id));
  const told = Map.groupBy(seen.slice(-eventsMax), ({ to_do_id, project_id }) => to_do_id ?? project_id);
  const groups = [...told.values()].flatMap(groupOf);
  if (groups.length === 0) return undefined;
  const chosen = await db
    .selectFrom('notification_people')
    .select('time_zone')
    .where('person_id', '=', to.id)
    .executeTakeFirst();
  return {
    to,
    today: dayIn(chosen?.time_zone ?? defaultPerson.time_zone, now()),
    groups,
    earlier: Math.max(0, seen.length - eventsMax),
  };
}

type Row = Awaited<ReturnType<typeof readRows>>[number];

function groupOf(rows: readonly Row[]): readonly DigestGroup[] {
  const [about] = rows;
  if (!about) return [];
  const toDo = about.number === null ? null : `${about.key}-${about.number}`;
  const title = about.current_title ?? about.project_name;
  const path = about.number === null ? `/p/${about.key}` : `/p/${about.key}/t/${about.number}`;
  // From there on it is read on.
  const firstComment = rows.find(({ comment_id }) => comment_id !== null)?.comment_id ?? null;
  const events = rows.map((row) => ({ kind: row.kind, by: row.actor, detail: row.comment_words ?? row.detail }));
  const link = firstComment === null ? path : commentLink(path, firstComment);
  return [{ toDo, title, projectName: about.project_name, path: link, events }];
}

function readRows(db: Executor, mailId: string) {
  return selectTold(db)
    .leftJoin('people', 'people.id', 'notifications.actor_id')
    .where('notifications.mail_id', '=', mailId)
    .where('notifications.read_at', 'is', null)
    .select([
      'notifications.kind',
      'notifications.detail',
      'projects.id as project_id',
      'notifications.to_do_id',
      'notifications.comment_id',
      'projects.key',
      'projects.name as project_name',
      'to_dos.number',
      'to_dos.title as current_title',
      'people.name as actor',
      firstWords.as('comment_words'),
    ])
    .orderBy('notifications.created_at')
    .orderBy('notifications.id')
    .execute();
}
