/**
 * The calendar of a person's to-dos at a secret address, for programs that know no sign-in. Whoever has the address reads
 * the calendar, so it says little, and a new address ends the old one at once.
 */

import type { Say } from '@gatehouse/words/say.ts';
import { lastDay } from '../../wire/days.ts';
import { compressText } from '../api/compress.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { Feature } from '../app.ts';
import { readPlan } from '../day-plan/queries.ts';
import type { Person } from '../people/person.ts';
import { findPerson } from '../people/settle.ts';
import { findPreferences } from '../preferences/store.ts';
import { inSight } from '../projects/queries.ts';
import { digestOf } from '../tokens/secret.ts';
import { languageOf } from '../words/language-of.ts';
import { sayingIn } from '../words/say-of.ts';
import { type CalendarEvent, writeCalendar } from './ical.ts';

export const feedPath = (secret: string): string => `/calendar/ical/${secret}.ics`;

const eventsMax = 2_000;
/** What was due longer ago stands in no calendar. */
const agoMs = 90 * 86_400_000;

export function calendarFeature(workspace: Workspace): Feature {
  return function mountCalendar(app) {
    app.get('/calendar/ical/:file', async (c) => {
      const secret = /^([\w-]{43})\.ics$/.exec(c.req.param('file'))?.[1];
      const person = secret === undefined ? undefined : await findByFeed(workspace.db, secret);
      if (!person) return c.text('There is no calendar at this address.', 404);
      const { language } = await findPreferences(workspace.db, person.id);
      const say = sayingIn(languageOf(c, language));
      const events = [...(await readEvents(workspace, person, say)), ...(await readPlanned(workspace, person))];
      const calendar = writeCalendar(`${workspace.siteName}: ${person.displayName}`, events);
      const { body, headers } = await compressText(c, calendar);
      return c.body(body, 200, {
        ...headers,
        'Content-Type': 'text/calendar; charset=utf-8',
        'Cache-Control': 'private, max-age=300',
        'X-Robots-Tag': 'noindex',
        'Referrer-Policy': 'no-referrer',
      });
    });
  };
}

async function findByFeed(db: Executor, secret: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('feed_secrets')
    .select('person_id')
    .where('digest', '=', digestOf(secret))
    .executeTakeFirst();
  return row && findPerson(db.withTables(), row.person_id);
}

/** What they planned for hours of their days. */
async function readPlanned({ db, appUrl, now }: Workspace, person: Person): Promise<CalendarEvent[]> {
  const from = new Date(now() - agoMs).toISOString().slice(0, 10);
  const host = new URL(appUrl).hostname;
  const blocks = await readPlan(db, person, { from, to: lastDay }, eventsMax);
  return blocks.map(
    ({ id, day, startMinute, minutes, projectKey, projectName, number, title, changes, updatedAt }) => ({
      uid: `${id}-plan@${host}`,
      summary: title,
      description: `${projectKey}-${number} · ${projectName}`,
      url: `${appUrl}/p/${projectKey}/t/${number}`,
      firstDay: day,
      lastDay: day,
      at: { startMinute, minutes },
      changedAtMs: updatedAt,
      sequence: changes,
    }),
  );
}

async function readEvents({ db, appUrl, now }: Workspace, person: Person, say: Say): Promise<CalendarEvent[]> {
  const since = new Date(now() - agoMs).toISOString().slice(0, 10);
  const rows = await db
    .selectFrom('to_do_assignees')
    .innerJoin('to_dos', 'to_dos.id', 'to_do_assignees.to_do_id')
    .innerJoin('projects', 'projects.id', 'to_dos.project_id')
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.project_id', '=', 'projects.id').on('project_members.person_id', '=', person.id),
    )
    .where(inSight(person))
    .where('projects.state', '=', 'open')
    .where('to_do_assignees.person_id', '=', person.id)
    .where('to_dos.deleted_at', 'is', null)
    .where('to_dos.completed_at', 'is', null)
    .where((where) =>
      where.or([
        where('to_dos.due_on', '>=', since),
        where('to_dos.work_end_on', '>=', since),
        where('to_dos.work_start_on', '>=', since),
      ]),
    )
    .select([
      'to_dos.id',
      'to_dos.number',
      'to_dos.title',
      'to_dos.due_on',
      'to_dos.work_start_on',
      'to_dos.work_end_on',
      'to_dos.updated_at',
      'to_dos.version',
      'projects.key as project_key',
      'projects.name as project_name',
    ])
    .orderBy('to_dos.created_at')
    .orderBy('to_dos.number')
    .limit(eventsMax)
    .execute();
  const host = new URL(appUrl).hostname;
  return rows.flatMap((row): CalendarEvent[] => {
    const event = (what: string, summary: string, firstDay: string, lastDay: string): CalendarEvent => ({
      uid: `${row.id}-${what}@${host}`,
      summary,
      description: `${row.project_key}-${row.number} · ${row.project_name}`,
      url: `${appUrl}/p/${row.project_key}/t/${row.number}`,
      firstDay,
      lastDay,
      changedAtMs: row.updated_at,
      sequence: row.version,
    });
    const start = row.work_start_on ?? row.work_end_on;
    const end = row.work_end_on ?? row.work_start_on;
    return [
      ...(row.due_on === null ? [] : [event('due', say('Due: {title}', { title: row.title }), row.due_on, row.due_on)]),
      ...(start === null || end === null ? [] : [event('work', row.title, start, end)]),
    ];
  });
}
