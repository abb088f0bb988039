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
  /** On this workspace. */
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
  const groups = new Map<string, DigestGroup & { events: DigestEvent[] }>();
  const seen = rows.filter(({ project_id }) => audience.maySee(to.id, project_id));
  for (const row of seen.slice(-eventsMax)) {
    const about = row.to_do_id ?? row.project_id;
    const group = groups.get(about) ?? {
      toDo: row.number === null ? null : `${row.key}-${row.number}`,
      title: row.current_title ?? row.project_name,
      projectName: row.project_name,
      path: row.number === null ? `/p/${row.key}` : `/p/${row.key}/t/${row.number}`,
      events: [],
    };
    group.events.push({ kind: row.kind, by: row.actor, detail: row.comment_words ?? row.detail });
    groups.set(about, group);
  }
  if (groups.size === 0) return undefined;
  const chosen = await db
    .selectFrom('notification_people')
    .select('time_zone')
    .where('person_id', '=', to.id)
    .executeTakeFirst();
  return {
    to,
    today: dayIn(chosen?.time_zone ?? defaultPerson.time_zone, now()),
    groups: [...groups.values()],
    earlier: Math.max(0, seen.length - eventsMax),
  };
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
